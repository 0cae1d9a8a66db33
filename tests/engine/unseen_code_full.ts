import "./unseen_code_test.ts";
