import "./sharing_test.ts";
