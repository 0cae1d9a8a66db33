import "./or_else_test.ts";
