import "./glyphs_test.ts";
