import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import {
  PIXEL_STATISTICS,
  pixelStatistics,
} from "../../../data/images/pixel_statistics.ts";
import { simpleProperties } from "../../../data/images/simple_properties.ts";

/** Images of 16×16 pixels, a colour for each place. */
function drawn(
  ...colours: readonly ((y: number, x: number) => readonly number[])[]
): Images {
  const images = colours.flatMap((colour) =>
    Array.from({ length: 256 }, (_, k) => colour(Math.floor(k / 16), k % 16))
      .flat()
  );
  return {
    images: Uint8Array.from(images),
    labels: new Uint8Array(colours.length),
    shape: [16, 16, 3],
    classes: ["any"],
  };
}

const isFrame = (y: number, x: number) => Math.min(y, x, 15 - y, 15 - x) < 2;
const board = (y: number, x: number) => (y + x) % 2 === 0 ? 255 : 0;

const pictures = drawn(
  () => [255, 0, 0],
  () => [0, 255, 0],
  () => [102, 102, 102],
  (y, x) => isFrame(y, x) ? [255, 255, 255] : [0, 0, 0],
  (y, x) => new Array(3).fill(board(y, x)),
  (y) => new Array(3).fill(y < 8 ? 0 : 255),
);

Deno.test("simpleProperties() are what they are called", () => {
  const { brightness, contrast, saturation, hue, border, sharpness } =
    simpleProperties(pictures);
  const near = (values: Float64Array, expected: readonly number[]) => {
    for (const [i, value] of expected.entries()) {
      assert.ok(
        Number.isNaN(value)
          ? Number.isNaN(values[i])
          : Math.abs((values[i] ?? NaN) - value) < 1e-9,
        `image ${i}: ${values[i]} is not ${value}`,
      );
    }
  };
  near(brightness, [1 / 3, 1 / 3, 0.4, 112 / 256, 0.5, 0.5]);
  near(contrast.subarray(0, 3), [0, 0, 0]);
  near(contrast.subarray(4), [0.5, 0.5]);
  near(saturation, [1, 1, 0, 0, 0, 0]);
  near(hue, [0, 1 / 3, NaN, NaN, NaN, NaN]);
  near(border, [0, 0, 0, 1, 0, 0]);
  // Of a board every pixel is the opposite of its neighbours.
  near(sharpness.subarray(0, 3), [0, 0, 0]);
  near(sharpness.subarray(4, 5), [2]);
  assert.ok((sharpness[5] ?? 9) < 0.2);
});

Deno.test("pixelStatistics() are finite and tell pictures apart, of one channel as of three equal ones", () => {
  const { values, dimension } = pixelStatistics(pictures);
  assert.equal(dimension, PIXEL_STATISTICS);
  assert.equal(values.length, 6 * PIXEL_STATISTICS);
  assert.ok(values.every(Number.isFinite));
  const row = (i: number) => values.subarray(i * dimension, (i + 1) * dimension);
  assert.notDeepEqual(row(4), row(5));
  const grey: Images = {
    images: Uint8Array.from({ length: 256 }, (_, k) => board(k >> 4, k % 16)),
    labels: new Uint8Array(1),
    shape: [16, 16, 1],
    classes: ["any"],
  };
  assert.deepEqual(pixelStatistics(grey).values, row(4));
});
