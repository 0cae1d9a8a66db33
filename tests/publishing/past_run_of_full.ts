import "./past_run_of_test.ts";
