import "./residual_convolution_test.ts";
