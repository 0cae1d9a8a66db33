import "./store_test.ts";
