import "./mobilenet_v3_test.ts";
