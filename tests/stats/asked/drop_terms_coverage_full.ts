import "./drop_terms_coverage_test.ts";
