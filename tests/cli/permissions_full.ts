import "./permissions_test.ts";
