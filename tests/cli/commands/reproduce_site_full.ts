import "./reproduce_site_test.ts";
