import "./side_by_side_test.ts";
