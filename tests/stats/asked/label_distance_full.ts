import "./label_distance_test.ts";
