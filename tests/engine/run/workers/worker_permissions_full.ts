import "./worker_permissions_test.ts";
