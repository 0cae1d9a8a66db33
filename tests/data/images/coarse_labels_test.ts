import assert from "node:assert/strict";
import { cifar10 } from "../../../data/datasets/cifar10.ts";
import { coarseClasses, coarseLabels } from "../../../data/images/coarse_labels.ts";
import type { Images } from "../../../data/images/images.ts";

const one: Images = {
  images: Uint8Array.from({ length: 10 }, (_, i) => i),
  labels: Uint8Array.from({ length: 10 }, (_, i) => 9 - i),
  shape: [1, 1, 1],
  classes: cifar10.classes,
};

Deno.test("coarseLabels() says of each class of CIFAR-10 whether it is an animal or a vehicle", () => {
  const { images, labels, classes } = coarseLabels(one);
  assert.deepEqual(
    [...labels].reverse().map((label) => classes[label]),
    cifar10.classes.map((name) => coarseClasses[name]),
  );
  assert.equal([...labels].filter((label) => label === 0).length, 6);
  assert.deepEqual(images, one.images);
});

Deno.test("coarseLabels() throws when a class is of neither kind", () => {
  assert.throws(() => coarseLabels({ ...one, classes: ["cat", "mushroom"] }), {
    name: "RangeError",
    message:
      'Cannot label images by kind: class "mushroom" is neither known as an animal nor as a vehicle',
  });
});
