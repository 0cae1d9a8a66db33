import "./convolution_test.ts";
