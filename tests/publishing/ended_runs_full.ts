import "./ended_runs_test.ts";
