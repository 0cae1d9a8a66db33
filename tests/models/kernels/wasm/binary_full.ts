import "./binary_test.ts";
