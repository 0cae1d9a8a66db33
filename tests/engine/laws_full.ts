import "./laws_test.ts";
