import "./reproduce_test.ts";
