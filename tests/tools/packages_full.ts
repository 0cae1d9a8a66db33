import "./packages_test.ts";
