import "./linear_probe_test.ts";
