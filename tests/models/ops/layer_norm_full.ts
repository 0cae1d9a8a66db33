import "./layer_norm_test.ts";
