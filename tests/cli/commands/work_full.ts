import "./work_test.ts";
