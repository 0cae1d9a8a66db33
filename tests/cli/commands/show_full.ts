import "./show_test.ts";
