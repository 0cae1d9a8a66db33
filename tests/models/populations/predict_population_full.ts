import "./predict_population_test.ts";
