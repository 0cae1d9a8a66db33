import "./theory_test.ts";
