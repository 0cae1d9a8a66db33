import "./load_drawings_test.ts";
