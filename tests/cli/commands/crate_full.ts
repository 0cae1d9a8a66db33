import "./crate_test.ts";
