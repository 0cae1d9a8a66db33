import "./renditions_test.ts";
