import "./train_population_test.ts";
