import "./growth_test.ts";
