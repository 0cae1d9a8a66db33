import "./named_files_test.ts";
