import "./failure_test.ts";
