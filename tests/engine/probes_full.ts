import "./probes_test.ts";
