import "./batch_norm_test.ts";
