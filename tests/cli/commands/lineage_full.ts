import "./lineage_test.ts";
