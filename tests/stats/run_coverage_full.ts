import "./run_coverage_test.ts";
