import "./pooling_test.ts";
