import "./image_error_test.ts";
