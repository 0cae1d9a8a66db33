import assert from "node:assert/strict";
import fc from "../../property.ts";
import type { Images } from "../../../data/images/images.ts";
import {
  type Draw,
  drawsOf,
  philoxKey,
} from "../../../engine/define/philox.ts";
import {
  cropAndMirror,
  cropAndMirrorSmall,
} from "../../../models/augmentations/crop_and_mirror.ts";

/** Draws from which these integers below 9, 9 and 2 come, and no others. */
function integers(...values: number[]): Draw {
  return (_, j) => {
    const value = values[j] ?? assert.fail("too much was drawn");
    // The largest draw that gives this integer.
    return (Math.ceil((value + 1) * 2 ** 24 / ([9, 9, 2][j] as number)) - 1) /
      2 ** 24;
  };
}

/** One grey image with pixel 10 · row + column. */
function numbered(height: number, width: number): Images {
  return {
    images: Uint8Array.from(
      { length: height * width },
      (_, i) => 10 * Math.floor(i / width) + i % width,
    ),
    labels: Uint8Array.of(0),
    shape: [height, width, 1],
    classes: ["a"],
  };
}

/** The augmented image as bytes, row by row. */
function fill(from: Images, draw: Draw): number[][] {
  const [height, width] = from.shape;
  const batch = new Float32Array(from.images.length);
  cropAndMirror.fill(batch, { from, indices: [0], draw });
  return Array.from(
    { length: height },
    (_, y) =>
      Array.from(
        batch.subarray(y * width, (y + 1) * width),
        (value) => Math.round(value * 255),
      ),
  );
}

const five = numbered(5, 5);

Deno.test("cropAndMirror.fill() changes nothing with the middle crop", () => {
  assert.deepEqual(fill(five, integers(4, 4, 0)), [
    [0, 1, 2, 3, 4],
    [10, 11, 12, 13, 14],
    [20, 21, 22, 23, 24],
    [30, 31, 32, 33, 34],
    [40, 41, 42, 43, 44],
  ]);
});

Deno.test("cropAndMirror.fill() mirrors left to right", () => {
  const rows = fill(five, integers(4, 4, 1));
  assert.deepEqual(rows[0], [4, 3, 2, 1, 0]);
  assert.deepEqual(rows[4], [44, 43, 42, 41, 40]);
});

Deno.test("cropAndMirror.fill() reflects without repeating the edge", () => {
  // Two pixels up and left of the image.
  assert.deepEqual(fill(five, integers(2, 2, 0)), [
    [22, 21, 20, 21, 22],
    [12, 11, 10, 11, 12],
    [2, 1, 0, 1, 2],
    [12, 11, 10, 11, 12],
    [22, 21, 20, 21, 22],
  ]);
  // Four pixels below and one to the right of it.
  assert.deepEqual(fill(five, integers(8, 5, 0)), [
    [41, 42, 43, 44, 43],
    [31, 32, 33, 34, 33],
    [21, 22, 23, 24, 23],
    [11, 12, 13, 14, 13],
    [1, 2, 3, 4, 3],
  ]);
});

Deno.test("cropAndMirror.fill() mirrors what was cropped", () => {
  const crop = fill(five, integers(4, 7, 0));
  assert.deepEqual(
    fill(five, integers(4, 7, 1)),
    crop.map((row) => row.reverse()),
  );
});

Deno.test("cropAndMirror.fill() reads only pixels of the image itself", () => {
  const sizes = fc.integer({ min: 5, max: 9 });
  fc.assert(fc.property(
    sizes,
    sizes,
    fc.nat(8),
    fc.nat(8),
    fc.nat(1),
    (height, width, down, right, mirrored) => {
      // The image stands between two others that are all 255.
      const size = height * width;
      const from: Images = {
        ...numbered(height, width),
        images: new Uint8Array(3 * size).fill(255),
        labels: Uint8Array.of(0, 0, 0),
      };
      from.images.set(numbered(height, width).images, size);
      const batch = new Float32Array(size);
      const draw = integers(down, right, mirrored);
      cropAndMirror.fill(batch, { from, indices: [1], draw });
      const own = new Set(numbered(height, width).images);
      assert.ok(batch.every((value) => own.has(Math.round(value * 255))));
    },
  ));
});

Deno.test("cropAndMirror.fill() keeps the channels of a pixel together", () => {
  const images = Uint8Array.from({ length: 75 }, (_, k) => 3 * (k % 7) + k % 3);
  const from: Images = { ...five, images, shape: [5, 5, 3] };
  const batch = new Float32Array(75);
  cropAndMirror.fill(batch, { from, indices: [0], draw: integers(1, 7, 1) });
  assert.ok(batch.every((value, k) => Math.round(value * 255) % 3 === k % 3));
});

Deno.test("cropAndMirror.fill() draws every crop about equally often", () => {
  const n = 8_100;
  const batch = new Float32Array(n * 100);
  cropAndMirror.fill(batch, {
    from: numbered(10, 10),
    indices: new Uint8Array(n),
    draw: drawsOf(philoxKey(1, "crops"), 1),
  });
  const counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const image = batch.subarray(i * 100, (i + 1) * 100).join();
    counts.set(image, (counts.get(image) ?? 0) + 1);
  }
  assert.equal(counts.size, 9 * 9 * 2);
  // 50 are expected of each; five standard deviations are 35.
  assert.ok([...counts.values()].every((count) => count > 15 && count < 85));
});

Deno.test("cropAndMirrorSmall.fill() crops two pixels away at most", () => {
  const from = numbered(5, 5);
  const rows = (down: number, right: number) => {
    const batch = new Float32Array(25);
    // The middle of the draws that give these integers below 5.
    const draw: Draw = (_, j) =>
      [(down + 0.5) / 5, (right + 0.5) / 5, 0][j] ?? NaN;
    cropAndMirrorSmall.fill(batch, { from, indices: [0], draw });
    return Array.from(batch, (value) => Math.round(value * 255));
  };
  assert.deepEqual(rows(2, 2), [...from.images]);
  assert.deepEqual(rows(0, 4).slice(0, 5), [22, 23, 24, 23, 22]);
});

Deno.test("cropAndMirror.fill() throws when the image is too small to reflect", () => {
  assert.throws(() => fill(numbered(4, 5), integers(4, 4, 0)), {
    name: "RangeError",
    message:
      "Cannot pad images of shape [4,5,1] by reflection: height and width must be above 4",
  });
});
