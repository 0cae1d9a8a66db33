import "./load_subsets_test.ts";
