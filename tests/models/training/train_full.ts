import "./train_test.ts";
