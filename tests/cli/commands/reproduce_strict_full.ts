import "./reproduce_strict_test.ts";
