import "./half_precision_test.ts";
