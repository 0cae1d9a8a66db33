import assert from "node:assert/strict";
import { asPhotographs } from "../../../data/images/as_photographs.ts";
import type { Images } from "../../../data/images/images.ts";

const drawing: Images = {
  images: Uint8Array.of(10, 20, 30, 40),
  labels: Uint8Array.of(0),
  shape: [2, 2, 1],
  classes: ["a"],
};

Deno.test("asPhotographs() frames a drawing in black, in three equal channels", () => {
  const { images, shape } = asPhotographs(drawing, 4);
  assert.deepEqual(shape, [4, 4, 3]);
  assert.deepEqual(
    [0, 1, 2].map((channel) => [...images].filter((_, i) => i % 3 === channel)),
    Array.from(
      { length: 3 },
      () => [0, 0, 0, 0, 0, 10, 20, 0, 0, 30, 40, 0, 0, 0, 0, 0],
    ),
  );
});

Deno.test("asPhotographs() shrinks what is larger than the side", () => {
  const { images, shape } = asPhotographs({
    ...drawing,
    images: Uint8Array.from({ length: 9 }, () => 100),
    shape: [3, 3, 1],
  }, 2);
  assert.deepEqual(shape, [2, 2, 3]);
  // The frame is at the right and below.
  assert.deepEqual([...images].filter((_, i) => i % 3 === 0), [
    100,
    50,
    50,
    25,
  ]);
});

Deno.test("asPhotographs() refuses images that have colours", () => {
  assert.throws(
    () => asPhotographs({ ...drawing, shape: [1, 1, 4] }, 4),
    new RangeError(
      "Cannot give images of shape [1,1,4] three channels: they must have one",
    ),
  );
});
