import "./queue_test.ts";
