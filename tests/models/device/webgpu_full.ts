import "./webgpu_test.ts";
