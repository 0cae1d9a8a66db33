import "./diff_test.ts";
