import "./own_files_test.ts";
