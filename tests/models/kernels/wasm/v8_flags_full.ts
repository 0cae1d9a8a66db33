import "./v8_flags_test.ts";
