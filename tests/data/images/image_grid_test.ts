import assert from "node:assert/strict";
import { decode } from "fast-png";
import { imageGrid } from "../../../data/images/image_grid.ts";
import type { Images } from "../../../data/images/images.ts";

const grey: Images = {
  images: Uint8Array.of(0, 10, 20),
  labels: Uint8Array.of(0, 0, 0),
  shape: [1, 1, 1],
  classes: ["a"],
};

Deno.test("imageGrid() puts images into rows, on white", () => {
  const { png, width, height } = imageGrid(grey, {
    indices: [2, 0, 1],
    columns: 2,
    scale: 1,
  });
  assert.deepEqual([width, height], [4, 4]);
  const { data } = decode(png);
  const at = (x: number, y: number) => data[(y * width + x) * 3];
  assert.deepEqual([at(0, 0), at(3, 0), at(0, 3)], [20, 0, 10]);
  assert.deepEqual([at(1, 0), at(3, 3)], [255, 255]);
});

Deno.test("imageGrid() leaves the rest of a row empty, so that few images are no larger than many", () => {
  const { png, width, height } = imageGrid(grey, {
    indices: [1],
    columns: 3,
    scale: 1,
  });
  assert.deepEqual([width, height], [7, 1]);
  const { data } = decode(png);
  assert.deepEqual([data[0], data[3 * 3], data[3 * 6]], [10, 255, 255]);
});

Deno.test("imageGrid() shows the colours of the images", () => {
  const { png } = imageGrid({
    ...grey,
    images: Uint8Array.of(1, 2, 3),
    labels: Uint8Array.of(0),
    shape: [1, 1, 3],
  }, { indices: [0], columns: 1, scale: 2 });
  assert.deepEqual([...decode(png).data], [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
});

Deno.test("imageGrid() refuses no image, and one that is not there", () => {
  assert.throws(
    () => imageGrid(grey, { indices: [], columns: 2 }),
    new RangeError("Cannot draw a grid of images: there are none"),
  );
  assert.throws(
    () => imageGrid(grey, { indices: [3], columns: 2 }),
    new RangeError("Cannot draw image 3: there are 3 images"),
  );
});
