import "./mat_mul_test.ts";
