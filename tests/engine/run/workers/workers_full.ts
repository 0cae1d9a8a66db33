import "./workers_test.ts";
