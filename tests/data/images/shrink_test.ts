import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import { shrink } from "../../../data/images/shrink.ts";

/** Two images of 4×4 pixels and two channels. */
const two: Images = {
  images: Uint8Array.from({ length: 64 }, (_, i) => (7 * i) % 256),
  labels: Uint8Array.of(1, 0),
  shape: [4, 4, 2],
  classes: ["a", "b"],
};

Deno.test("shrink() takes the mean of each square of pixels, channel by channel", () => {
  const { images, shape, labels, classes } = shrink(two, 2);
  assert.deepEqual(shape, [2, 2, 2]);
  assert.deepEqual([labels, classes], [two.labels, two.classes]);
  const at = (i: number, y: number, x: number, channel: number) =>
    two.images[((i * 4 + y) * 4 + x) * 2 + channel] as number;
  const expected = [0, 1].flatMap((i) =>
    [0, 2].flatMap((y) =>
      [0, 2].flatMap((x) =>
        [0, 1].map((channel) =>
          Math.round(
            (at(i, y, x, channel) + at(i, y, x + 1, channel) +
              at(i, y + 1, x, channel) + at(i, y + 1, x + 1, channel)) / 4,
          )
        )
      )
    )
  );
  assert.deepEqual([...images], expected);
});

Deno.test("shrink() gives images of that side as they are, and refuses one that does not divide theirs", () => {
  assert.equal(shrink(two, 4), two);
  assert.throws(() => shrink(two, 3), {
    name: "RangeError",
    message:
      "Cannot shrink images of 4×4 pixels to 3×3: they must be square, and their side a multiple of 3",
  });
});
