import "./new_test.ts";
