import "./cifar10_test.ts";
