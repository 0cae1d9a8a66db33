import "./product_tile_test.ts";
