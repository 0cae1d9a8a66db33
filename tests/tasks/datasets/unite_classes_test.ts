import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import { unitedClasses } from "../../../tasks/datasets/unite_classes.ts";

const photos: Images = {
  images: Uint8Array.of(1, 2, 3),
  labels: Uint8Array.of(1, 0, 1),
  shape: [1, 1, 1],
  classes: ["animal", "vehicle"],
};
const drawings: Images = {
  images: Uint8Array.of(8, 9),
  labels: Int32Array.of(299, 0),
  shape: [1, 1, 1],
  classes: Array.from({ length: 300 }, (_, i) => `category ${i}`),
};

Deno.test("unitedClasses() has the classes of all sets, every image its own class", () => {
  const { images, labels, classes } = unitedClasses([photos, drawings]);
  assert.deepEqual([...images], [1, 2, 3, 8, 9]);
  assert.deepEqual(
    [...labels].map((label) => classes[label]),
    ["vehicle", "animal", "vehicle", "category 299", "category 0"],
  );
  assert.equal(classes.length, 302);
});

Deno.test("unitedClasses() throws when two sets have a class of the same name", () => {
  assert.throws(() => unitedClasses([photos, photos]), {
    name: "RangeError",
    message:
      'Cannot unite the classes of data sets: two classes are named "animal"',
  });
});
