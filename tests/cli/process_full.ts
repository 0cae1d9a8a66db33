import "./process_test.ts";
