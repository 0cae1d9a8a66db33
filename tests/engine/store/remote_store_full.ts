import "./remote_store_test.ts";
