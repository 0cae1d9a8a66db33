import assert from "node:assert/strict";
import { classColours, tintsOf } from "../../shifts/tint.ts";
import { mark, markImages, type MarkShape } from "../../shifts/mark.ts";
import { randomImages } from "../models/training_fixture.ts";

const plain = randomImages(12);
const draw = { p: 0.5, seed: 3, subset: "test" };

/** Rows and columns of an 8 × 8 image that differ from the plain one. */
function changed(shape: MarkShape, i: number): string[] {
  const { images } = markImages(plain, { ...draw, shape });
  const size = 8 * 8 * 3;
  const places = Array.from({ length: 64 }, (_, k) => k).filter((k) =>
    [0, 1, 2].some((c) =>
      images[i * size + 3 * k + c] !== plain.images[i * size + 3 * k + c]
    )
  );
  return places.map((k) => `${Math.floor(k / 8)},${k % 8}`);
}

Deno.test("markImages() covers a quarter of the side in the corner, or an eighth of it around, and nothing else", () => {
  assert.deepEqual(changed("corner", 0), ["0,0", "0,1", "1,0", "1,1"]);
  const frame = changed("frame", 5);
  assert.equal(frame.length, 28);
  assert.ok(frame.every((place) => /[07]/.test(place)));
});

Deno.test("markImages() paints the colour that the draw gives", () => {
  const { images, labels } = markImages(plain, { ...draw, shape: "corner" });
  const colours = classColours(3, draw.seed);
  for (const [i, own] of tintsOf(plain, draw).entries()) {
    assert.deepEqual(
      [...images.subarray(i * 192, i * 192 + 3)],
      (colours[own] ?? []).map((value) => Math.round(255 * value)),
    );
  }
  assert.deepEqual(labels, plain.labels);
});

Deno.test("markImages() throws without three channels, and for a mark that there is not", () => {
  assert.throws(
    () =>
      markImages({ ...plain, shape: [8, 24, 1] }, { ...draw, shape: "corner" }),
    {
      name: "RangeError",
      message:
        "Cannot mark images of shape [8,24,1]: three channels are needed",
    },
  );
  assert.throws(
    () => markImages(plain, { ...draw, shape: "circle" as MarkShape }),
    {
      name: "RangeError",
      message:
        'Cannot mark images with "circle": there are "corner" and "frame"',
    },
  );
});

Deno.test("mark is an in-support shift defined under its own name", () => {
  assert.equal(mark.support, "in");
  assert.equal(mark.name, "mark");
});
