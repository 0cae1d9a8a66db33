import "./stepper_test.ts";
