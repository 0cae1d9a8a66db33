import "./queue_kill_test.ts";
