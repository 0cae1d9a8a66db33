import assert from "node:assert/strict";
import fc from "../../property.ts";
import type { Images } from "../../../data/images/images.ts";
import {
  type AxisMap,
  resampler,
  type Resampling,
} from "../../../models/augmentations/resample.ts";

const WIDTH = 4;
const HEIGHT = 3;
const SIZE = WIDTH * HEIGHT * 2;

const pixels = fc.uint8Array({ minLength: SIZE, maxLength: SIZE });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const axis: fc.Arbitrary<AxisMap> = fc.record({
  scale: fc.double({ min: -2, max: 2, noNaN: true }),
  shift: fc.double({ min: -2, max: 2, noNaN: true }),
});
const same = { scale: 1, shift: 0 };

/** Images of 3×4 pixels with two channels. */
function imagesOf(images: Uint8Array): Images {
  const labels = new Uint8Array(images.length / SIZE);
  return { images, labels, shape: [HEIGHT, WIDTH, 2], classes: ["a"] };
}

function resample(images: Uint8Array, options: Resampling): Float32Array {
  const batch = new Float32Array(SIZE);
  resampler(imagesOf(images))(batch, { ...options, index: 0, offset: 0 });
  return batch;
}

/** The definition, pixel by pixel: bilinear between the four pixels around a point, border where there is none. */
function expected(images: Uint8Array, { x, y, border }: Resampling): number[] {
  const value = (row: number, column: number, channel: number) =>
    row < 0 || row >= HEIGHT || column < 0 || column >= WIDTH
      ? border[channel] as number
      : (images[(row * WIDTH + column) * 2 + channel] as number) / 255;
  const source = ({ scale, shift }: AxisMap, i: number, length: number) =>
    ((scale * ((2 * i + 1) / length - 1) + shift + 1) * length - 1) / 2;
  const result: number[] = [];
  for (let i = 0; i < HEIGHT; i++) {
    for (let j = 0; j < WIDTH; j++) {
      const [row, column] = [source(y, i, HEIGHT), source(x, j, WIDTH)];
      const [top, left] = [Math.floor(row), Math.floor(column)];
      const [down, right] = [row - top, column - left];
      for (const channel of [0, 1]) {
        result.push(
          (1 - down) * (1 - right) * value(top, left, channel) +
            (1 - down) * right * value(top, left + 1, channel) +
            down * (1 - right) * value(top + 1, left, channel) +
            down * right * value(top + 1, left + 1, channel),
        );
      }
    }
  }
  return result;
}

function assertClose(actual: Float32Array, wanted: readonly number[]): void {
  assert.equal(actual.length, wanted.length);
  for (const [k, value] of actual.entries()) {
    assert.ok(
      Math.abs(value - (wanted[k] as number)) < 1e-6,
      `${value} is not ${wanted[k]} at ${k}`,
    );
  }
}

Deno.test("resampler() interpolates between the four pixels around each point", () => {
  fc.assert(fc.property(
    pixels,
    axis,
    axis,
    share,
    share,
    (images, x, y, one, two) => {
      const options = { x, y, border: [one, two] };
      assertClose(resample(images, options), expected(images, options));
    },
  ));
});

Deno.test("resampler() changes nothing with scale 1 and shift 0", () => {
  fc.assert(fc.property(pixels, (images) => {
    const options = { x: same, y: same, border: [0.5, 0.5] };
    assert.deepEqual(
      resample(images, options),
      Float32Array.from(images, (byte) => byte / 255),
    );
  }));
});

Deno.test("resampler() mirrors with scale -1 and turns upside down with it on the other axis", () => {
  const images = Uint8Array.from({ length: SIZE }, (_, k) => 10 * k);
  const mirrored = { scale: -1, shift: 0 };
  const at = (row: number, column: number, channel: number) =>
    10 * ((row * WIDTH + column) * 2 + channel) / 255;
  const values = (
    find: (row: number, column: number, channel: number) => number,
  ) =>
    Array.from(
      { length: SIZE },
      (_, k) =>
        find(Math.floor(k / 2 / WIDTH), Math.floor(k / 2) % WIDTH, k % 2),
    );
  assertClose(
    resample(images, { x: mirrored, y: same, border: [0, 0] }),
    values((row, column, channel) => at(row, 3 - column, channel)),
  );
  assertClose(
    resample(images, { x: same, y: mirrored, border: [0, 0] }),
    values((row, column, channel) => at(2 - row, column, channel)),
  );
});

Deno.test("resampler() shows only the border when the picture is shifted away", () => {
  fc.assert(fc.property(pixels, (images) => {
    const away = { scale: 1, shift: 4 };
    const batch = resample(images, { x: away, y: same, border: [0.25, 0.75] });
    assert.ok(batch.every((value, k) => value === (k % 2 ? 0.75 : 0.25)));
  }));
});

Deno.test("resampler() writes the image asked for at the offset asked for", () => {
  const images = Uint8Array.from({ length: 2 * SIZE }, (_, k) => k);
  const batch = new Float32Array(3 * SIZE).fill(-1);
  const write = resampler(imagesOf(images));
  write(batch, { x: same, y: same, border: [0, 0], index: 1, offset: SIZE });
  assert.ok(batch.subarray(0, SIZE).every((value) => value === -1));
  assert.deepEqual(
    batch.subarray(SIZE, 2 * SIZE),
    Float32Array.from(images.subarray(SIZE), (byte) => byte / 255),
  );
  assert.ok(batch.subarray(2 * SIZE).every((value) => value === -1));
});
