import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import type { Draw } from "../../../engine/define/philox.ts";
import { wide } from "../../../models/augmentations/wide.ts";

const SIDE = 8;
const SIZE = SIDE * SIDE * 3;
const GREY = 102; // 0.4

/** The draws of an image that change nothing, by what they decide, in the order of their numbers. */
const neutral = {
  mirror: 0.5,
  flip: 0.5,
  zoomKind: 0.7,
  zoom: 0,
  right: 0.5,
  down: 0.5,
  smallShift: 0.5,
  colouredBorder: 0.5,
  borderRed: 0,
  borderGreen: 1,
  borderBlue: 0,
  saturation: 0.5,
  grey: 0.1,
  brightness: 0.5,
  offset: 0.5,
  redGain: 0.5,
  greenGain: 0.5,
  blueGain: 0.5,
  tint: 0.6,
  tintStrength: 0.5,
  tintRed: 1,
  tintGreen: 0,
  tintBlue: 0.5,
};

/** These draws for every image, and no others. */
function uniforms(values: readonly number[]): Draw {
  return (_, j) => values[j] ?? assert.fail("too much was drawn");
}

/** A grey image with one reddish pixel at row 2, column 3. */
const from: Images = {
  images: new Uint8Array(SIZE).fill(GREY),
  labels: Uint8Array.of(0),
  shape: [SIDE, SIDE, 3],
  classes: ["a"],
};
from.images.set([204, 51, 102], (2 * SIDE + 3) * 3);

/** The image after these draws. */
function fill(draws: Partial<typeof neutral>): Float32Array {
  const batch = new Float32Array(SIZE);
  const draw = uniforms(Object.values({ ...neutral, ...draws }));
  wide.fill(batch, { from, indices: [0], draw });
  return batch;
}

function assertPixel(
  image: Float32Array,
  { at: [row, column], is }: {
    readonly at: readonly [number, number];
    readonly is: readonly number[];
  },
): void {
  const start = (row * SIDE + column) * 3;
  for (const [channel, value] of is.entries()) {
    const actual = image[start + channel] as number;
    assert.ok(
      Math.abs(actual - value) < 1e-6,
      `${actual} is not ${value} at ${row}, ${column}, ${channel}`,
    );
  }
}

const red = [0.8, 0.2, 0.4];
const grey = [0.4, 0.4, 0.4];

Deno.test("wide.fill() takes 23 draws an image, each once", () => {
  const drawn: string[] = [];
  const draw: Draw = (i, j) => {
    drawn.push(`${i} ${j}`);
    return 0; // a coloured border and a tint; grey, so that the saturation (11) is not drawn
  };
  wide.fill(new Float32Array(2 * SIZE), { from, indices: [0, 0], draw });
  const wanted = [0, 1].flatMap((i) =>
    Object.keys(neutral).map((_, j) => `${i} ${j}`)
  );
  assert.equal(wanted.length, 2 * 23);
  assert.deepEqual(
    drawn.sort(),
    wanted.filter((one) => !one.endsWith(" 11")).sort(),
  );
});

Deno.test("wide.fill() changes nothing with neutral draws", () => {
  const image = fill({});
  for (const [k, byte] of from.images.entries()) {
    assert.ok(Math.abs((image[k] as number) - byte / 255) < 1e-6);
  }
});

Deno.test("wide.fill() mirrors left to right below 0.5", () => {
  assertPixel(fill({ mirror: 0.49 }), { at: [2, 4], is: red });
});

Deno.test("wide.fill() turns upside down below 0.5", () => {
  assertPixel(fill({ flip: 0.49 }), { at: [5, 3], is: red });
});

Deno.test("wide.fill() zooms out below 0.4, which shows a black border", () => {
  // The corner shows −3.5 · 1.45 = −5.075, more than a pixel outside the picture.
  const image = fill({ zoomKind: 0.39, zoom: 1 });
  assertPixel(image, { at: [0, 0], is: [0, 0, 0] });
  assertPixel(image, { at: [4, 4], is: grey });
});

Deno.test("wide.fill() shows a coloured border below 0.5", () => {
  const image = fill({ zoomKind: 0.39, zoom: 1, colouredBorder: 0.49 });
  assertPixel(image, { at: [0, 7], is: [0, 1, 0] });
});

Deno.test("wide.fill() zooms in from 0.4 to 0.7, to three quarters of the side", () => {
  // Column 2 shows −1.5 · 0.75 = −1.125, row 2 the same: between pixels 2 and 3
  // (centres −1.5 and −0.5), at 0.375 from the first.
  const image = fill({ zoomKind: 0.69, zoom: 0 });
  const weight = 0.375 * 0.625;
  assertPixel(image, {
    at: [2, 2],
    is: [0.4 + 0.4 * weight, 0.4 - 0.2 * weight, 0.4],
  });
  assertPixel(image, { at: [0, 0], is: grey });
});

Deno.test("wide.fill() shifts by up to a quarter of half the side", () => {
  // A quarter of half of eight pixels is one pixel.
  assertPixel(fill({ right: 0 }), { at: [2, 4], is: red });
  assertPixel(fill({ right: 1 }), { at: [2, 2], is: red });
  assertPixel(fill({ down: 0 }), { at: [3, 3], is: red });
  assertPixel(fill({ right: 0 }), { at: [5, 0], is: [0, 0, 0] });
});

Deno.test("wide.fill() makes the shift 0.3 times as large below 0.5", () => {
  const image = fill({ right: 0, smallShift: 0.49 });
  assertPixel(image, { at: [2, 4], is: [0.4 + 0.4 * 0.3, 0.4 - 0.2 * 0.3] });
});

Deno.test("wide.fill() changes the saturation by a factor of 0.5 to 1.5", () => {
  const luma = 0.299 * 0.8 + 0.587 * 0.2 + 0.114 * 0.4;
  for (const [saturation, factor] of [[0, 0.5], [1, 1.5]] as const) {
    const wanted = red.map((value) => luma + factor * (value - luma));
    assertPixel(fill({ saturation }), { at: [2, 3], is: wanted });
  }
});

Deno.test("wide.fill() takes all colour away below 0.1", () => {
  const luma = 0.299 * 0.8 + 0.587 * 0.2 + 0.114 * 0.4;
  const image = fill({ grey: 0.09, saturation: 1 });
  assertPixel(image, { at: [2, 3], is: [luma, luma, luma] });
});

Deno.test("wide.fill() multiplies brightness by 0.7 to 1.3 and adds up to 0.1", () => {
  const all = (value: number) => [value, value, value];
  assertPixel(fill({ brightness: 0 }), { at: [0, 0], is: all(0.28) });
  assertPixel(fill({ brightness: 1 }), { at: [0, 0], is: all(0.52) });
  assertPixel(fill({ offset: 0 }), { at: [0, 0], is: all(0.3) });
  assertPixel(fill({ offset: 1 }), { at: [0, 0], is: all(0.5) });
});

Deno.test("wide.fill() multiplies each channel by 0.85 to 1.15", () => {
  const image = fill({ redGain: 0, greenGain: 0.5, blueGain: 1 });
  assertPixel(image, { at: [0, 0], is: [0.34, 0.4, 0.46] });
});

Deno.test("wide.fill() tints with a strength of up to 0.6 below 0.6", () => {
  const half = fill({ tint: 0.59 });
  assertPixel(half, { at: [0, 0], is: [0.58, 0.28, 0.43] });
  const full = fill({ tint: 0.59, tintStrength: 1 });
  assertPixel(full, { at: [0, 0], is: [0.76, 0.16, 0.46] });
});

Deno.test("wide.fill() throws when the images are not in colour", () => {
  const images: Images = { ...from, shape: [SIDE, 3 * SIDE, 1] };
  const batch = new Float32Array(SIZE);
  assert.throws(
    () => wide.fill(batch, { from: images, indices: [0], draw: () => 0 }),
    {
      name: "RangeError",
      message:
        "Cannot recolour images of shape [8,24,1]: three channels are needed",
    },
  );
});
