import "./compositions_test.ts";
