import "./syntax_test.ts";
