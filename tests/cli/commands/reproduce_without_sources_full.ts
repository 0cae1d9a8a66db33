import "./reproduce_without_sources_test.ts";
