import "./damage_test.ts";
