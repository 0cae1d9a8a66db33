import "./reproduce_found_test.ts";
