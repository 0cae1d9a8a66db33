import "./sign_test.ts";
