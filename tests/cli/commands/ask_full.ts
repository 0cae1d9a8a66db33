import "./ask_test.ts";
