import "./scaled_softmax_test.ts";
