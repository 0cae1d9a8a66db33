import "./planted_test.ts";
