import "./fetch_test.ts";
