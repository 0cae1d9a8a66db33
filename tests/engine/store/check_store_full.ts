import "./check_store_test.ts";
