import "./kill_test.ts";
