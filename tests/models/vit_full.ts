import "./vit_test.ts";
