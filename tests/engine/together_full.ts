import "./together_test.ts";
