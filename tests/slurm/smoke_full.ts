import "./smoke_test.ts";
