import "./predict_test.ts";
