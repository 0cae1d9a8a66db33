import assert from "node:assert/strict";
import fc from "../../property.ts";
import { colouredDrawings } from "../../../data/drawings/coloured_drawings.ts";
import { stream } from "../../../engine/define/random.ts";

/** One drawing of 2×2 pixels: ink, half ink, ground, ground. */
const ink = Uint8Array.of(255, 128, 0, 0);

function draw(n: number, seed: number): number[][] {
  const drawings = new Uint8Array(
    Array.from({ length: n }, () => [...ink]).flat(),
  );
  const pixels = colouredDrawings(drawings, {
    side: 2,
    size: 4,
    random: stream(seed, "test"),
  });
  return Array.from(
    { length: pixels.length / 3 },
    (_, i) => [...pixels.subarray(3 * i, 3 * i + 3)],
  );
}

const luma = ([red = 0, green = 0, blue = 0]: number[]) =>
  0.299 * red + 0.587 * green + 0.114 * blue;

Deno.test("colouredDrawings() draws in one ink on one ground, with ground around", () => {
  const pixels = draw(1, 0);
  assert.equal(pixels.length, 16);
  const ground = pixels[0] ?? [];
  const pen = pixels[5] ?? []; // row 1, column 1
  for (const [i, pixel] of pixels.entries()) {
    if (i === 5) continue;
    if (i !== 6) {
      assert.deepEqual(pixel, ground);
      continue;
    }
    for (const [channel, value] of pixel.entries()) {
      const middle = ((pen[channel] ?? NaN) * 128 +
        (ground[channel] ?? NaN) * 127) / 255;
      assert.ok(Math.abs(value - middle) <= 1);
    }
  }
});

Deno.test("colouredDrawings() takes ink and ground of different brightness", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const pixels = draw(5, seed);
    for (let i = 0; i < 5; i++) {
      const [ground, pen] = [pixels[16 * i] ?? [], pixels[16 * i + 5] ?? []];
      assert.ok(Math.abs(luma(pen) - luma(ground)) >= 0.25 * 255 - 1);
    }
  }));
});

Deno.test("colouredDrawings() begins alike for more drawings and draws other colours for another seed", () => {
  assert.deepEqual(draw(3, 7).slice(0, 32), draw(2, 7));
  assert.notDeepEqual(draw(1, 7), draw(1, 8));
});
