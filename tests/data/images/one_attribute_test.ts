import assert from "node:assert/strict";
import { positionsOfOneAttribute } from "../../../data/images/one_attribute.ts";

const classes = 2;
// Attribute 5 most often, but of one class alone but once; 3 and 7 as often as each other, 9 too rarely.
const labels = Uint8Array.of(0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0);
const attributes = Int32Array.of(5, 5, 5, 5, 5, 7, 7, 7, 7, 3, 3, 3, 3, 9, 9);

Deno.test("positionsOfOneAttribute() takes the most frequent attribute of which every class has enough, the lowest of equal ones", () => {
  const taken = (least: number) =>
    positionsOfOneAttribute({ labels, attributes, classes, least });
  assert.deepEqual(taken(1), [0, 1, 2, 3, 4]);
  assert.deepEqual(taken(2), [9, 10, 11, 12]);
});

Deno.test("positionsOfOneAttribute() refuses where no attribute is frequent enough", () => {
  assert.throws(
    () => positionsOfOneAttribute({ labels, attributes, classes, least: 3 }),
    {
      name: "RangeError",
      message:
        "Cannot take images of one attribute: of the 4 there are, none has 3 images of each of 2 classes",
    },
  );
});
