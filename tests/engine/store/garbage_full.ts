import "./garbage_test.ts";
