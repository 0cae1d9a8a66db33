import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import type { Draw } from "../../../engine/define/philox.ts";
import { augment } from "../../../models/augmentations/augmentation.ts";
import { warp } from "../../../models/augmentations/warp.ts";

const SIDE = 9;

/** These draws for every image, and no others. */
function uniforms(values: readonly number[]): Draw {
  return (_, j) => values[j] ?? assert.fail("too much was drawn");
}

/** One pixel of ink, right of the middle and above it. */
const from: Images = {
  images: new Uint8Array(SIDE * SIDE),
  labels: Uint8Array.of(0),
  shape: [SIDE, SIDE, 1],
  classes: ["dot"],
};
from.images[2 * SIDE + 6] = 200;

/** Draws that change nothing: turn, slant, width, height, right, down. */
const neutral = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5];

function warped(draws: readonly number[]): readonly (readonly number[])[] {
  const { images } = augment(from, {
    augmentation: warp,
    draw: uniforms(draws),
  });
  return [...images.entries()].filter(([, value]) => value > 0)
    .map(([k, value]) => [Math.floor(k / SIDE), k % SIDE, value]);
}

Deno.test("warp leaves an image as it is when its draws change nothing", () => {
  assert.deepEqual(warped(neutral), [[2, 6, 200]]);
});

Deno.test("warp moves by whole pixels at the ends of the range", () => {
  assert.deepEqual(warped([0.5, 0.5, 0.5, 0.5, 1, 0]), [[4, 4, 200]]);
});

Deno.test("warp reads between pixels when it moves by half of one", () => {
  assert.deepEqual(warped([0.5, 0.5, 0.5, 0.5, 0.625, 0.5]), [
    [2, 5, 100],
    [2, 6, 100],
  ]);
});

Deno.test("warp turns about the middle, and slants what is above it", () => {
  const centre = (draws: readonly number[]) => {
    const dots = warped(draws);
    const mass = dots.reduce((sum, [, , value = 0]) => sum + value, 0);
    return [0, 1].map((axis) =>
      dots.reduce(
        (sum, dot) => sum + (dot[axis] ?? 0) * (dot[2] ?? 0),
        0,
      ) / mass
    );
  };
  const [turnedRow = NaN, turnedColumn = NaN] = centre([
    1,
    ...neutral.slice(1),
  ]);
  const radius = Math.hypot(turnedRow - 4, turnedColumn - 4);
  assert.ok(Math.abs(radius - Math.hypot(2, 2)) < 0.15, `${radius}`);
  const angle = Math.atan2(turnedRow - 4, turnedColumn - 4) -
    Math.atan2(-2, 2);
  assert.ok(Math.abs(Math.abs(angle) - 0.2) < 0.05, `${angle}`);
  const [row = NaN, column = NaN] = centre([0.5, 1, ...neutral.slice(2)]);
  assert.ok(Math.abs(row - 2) < 1e-6);
  assert.ok(Math.abs(column - 6.6) < 0.15, `${column}`);
});

Deno.test("warp stretches from the middle", () => {
  const [, column = NaN] = (() => {
    const dots = warped([0.5, 0.5, 1, 0.5, 0.5, 0.5]);
    const mass = dots.reduce((sum, [, , value = 0]) => sum + value, 0);
    return [
      0,
      dots.reduce((sum, [, x = 0, value = 0]) => sum + x * value, 0) / mass,
    ];
  })();
  assert.ok(Math.abs(column - 6.4) < 0.15, `${column}`);
});

Deno.test("warp draws six numbers an image and puts ink nowhere from outside", () => {
  const white: Images = { ...from, images: new Uint8Array(81).fill(255) };
  const { images } = augment(white, {
    augmentation: warp,
    draw: uniforms([0.5, 0.5, 0.5, 0.5, 1, 0.5]),
  });
  assert.equal(images[8], 0);
  assert.equal(images[0], 255);
  assert.throws(
    () =>
      augment(white, {
        augmentation: warp,
        draw: uniforms(neutral.slice(1)),
      }),
    { message: "too much was drawn" },
  );
});
