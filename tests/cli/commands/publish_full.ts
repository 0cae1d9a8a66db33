import "./publish_test.ts";
