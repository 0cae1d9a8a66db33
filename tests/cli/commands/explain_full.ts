import "./explain_test.ts";
