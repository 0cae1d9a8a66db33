import "./ask_weights_test.ts";
