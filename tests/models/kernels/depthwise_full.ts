import "./depthwise_test.ts";
