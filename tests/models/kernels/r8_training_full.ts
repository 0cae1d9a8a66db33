import "./r8_training_test.ts";
