import "./findings_test.ts";
