import "./archive_test.ts";
