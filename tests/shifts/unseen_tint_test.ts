import assert from "node:assert/strict";
import fc from "../property.ts";
import { isDefinition, sourceOf } from "../../engine/define/definition.ts";
import { tintImages } from "../../shifts/tint.ts";
import { unseenTint } from "../../shifts/unseen_tint.ts";
import { randomImages } from "./random_images.ts";

const seeds = fc.integer();

Deno.test("unseenTint.apply() changes nothing with strength 0", () => {
  fc.assert(fc.property(seeds, (seed) => {
    const from = randomImages(5, seed);
    const options = { strength: 0, seed, subset: "test" };
    assert.deepEqual(unseenTint.apply(from, options), from);
  }));
});

Deno.test("unseenTint.apply() gives the shifted images of the spurious tint", () => {
  fc.assert(fc.property(seeds, (seed) => {
    const from = randomImages(20, seed);
    const options = { strength: 0.25, seed, subset: "test" };
    assert.deepEqual(
      unseenTint.apply(from, options),
      tintImages(from, { ...options, p: 0 }),
    );
  }));
});

Deno.test("unseenTint.apply() keeps labels, and the colours when strength changes: the design is paired", () => {
  fc.assert(fc.property(seeds, (seed) => {
    const from = randomImages(20, seed);
    const tinted = (strength: number) =>
      unseenTint.apply(from, { strength, seed, subset: "test" });
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
