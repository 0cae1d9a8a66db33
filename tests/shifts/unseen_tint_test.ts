import assert from "node:assert/strict";
import fc from "../property.ts";
import { type Images, take } from "../../data/images/images.ts";
import { isDefinition, sourceOf } from "../../engine/define/definition.ts";
import { unseenTint } from "../../shifts/unseen_tint.ts";
import { randomImages } from "./random_images.ts";

const SIZE = 2 * 2 * 3;
const seeds = fc.integer();

Deno.test("unseenTint.apply() changes nothing with strength 0", () => {
  fc.assert(fc.property(seeds, (seed) => {
    const from = randomImages(5, seed);
    const options = { strength: 0, seed };
    assert.deepEqual(unseenTint.apply(from, options), from);
  }));
});

Deno.test("unseenTint.apply() leaves one colour an image with strength 1, uniform in RGB", () => {
  const n = 2_000;
  const { images } = unseenTint.apply(randomImages(n, 1), {
    strength: 1,
    seed: 1,
  });
  const colours = Array.from({ length: n }, (_, i) => {
    const pixels = [...images.subarray(i * SIZE, (i + 1) * SIZE)];
    assert.ok(pixels.every((level, k) => level === pixels[k % 3]));
    return pixels.slice(0, 3);
  });
  assert.ok(new Set(colours.map(String)).size > 0.99 * n);
  for (const channel of [0, 1, 2]) {
    const levels = colours.map((colour) => colour[channel] as number);
    // Quarters of the range: four standard errors of a share are 0.039.
    for (const quarter of [0, 1, 2, 3]) {
      const within = levels.filter((level) =>
        Math.floor(level / 64) === quarter
      );
      assert.ok(Math.abs(within.length / n - 0.25) < 0.04);
    }
  }
});

Deno.test("unseenTint.apply() tints the first images of a longer set alike, and anew with another seed", () => {
  const from = randomImages(20, 1);
  const tinted = (images: Images, seed: number) =>
    unseenTint.apply(images, { strength: 0.25, seed });
  const first = [0, 1, 2];
  assert.deepEqual(
    tinted(take(from, first), 1),
    take(tinted(from, 1), first),
  );
  assert.notDeepEqual(tinted(from, 1), tinted(from, 2));
});

Deno.test("unseenTint.apply() keeps labels, and the colours when strength changes: the design is paired", () => {
  fc.assert(fc.property(seeds, (seed) => {
    const from = randomImages(20, seed);
    const tinted = (strength: number) =>
      unseenTint.apply(from, { strength, seed });
    const [colours, half] = [tinted(1).images, tinted(0.5)];
    assert.deepEqual(half.labels, from.labels);
    for (const [k, level] of half.images.entries()) {
      const middle = ((from.images[k] as number) + (colours[k] as number)) / 2;
      assert.ok(Math.abs(level - middle) <= 1);
    }
  }));
});

Deno.test("unseenTint is an out-of-support shift defined under its own name", () => {
  assert.ok(isDefinition(unseenTint));
  assert.equal(sourceOf(unseenTint).name, "unseenTint");
  assert.ok(sourceOf(unseenTint).module.endsWith("/shifts/unseen_tint.ts"));
  assert.equal(unseenTint.support, "out");
});
