import "./features_test.ts";
