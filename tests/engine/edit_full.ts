import "./edit_test.ts";
