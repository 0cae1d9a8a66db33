import "./ends_test.ts";
