import "./runs_test.ts";
