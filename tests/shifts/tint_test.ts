import assert from "node:assert/strict";
import fc from "../property.ts";
import type { Images } from "../../data/images/images.ts";
import { take } from "../../data/images/images.ts";
import { isDefinition, sourceOf } from "../../engine/define/definition.ts";
import {
  classColours,
  tint,
  tintComponents,
  tintImages,
  tintMixture,
} from "../../shifts/tint.ts";
import { randomImages } from "./random_images.ts";

const SIZE = 2 * 2 * 3;

/** Whether image `i` is the same in both sets, for each `i`. */
function same(a: Images, b: Images): boolean[] {
  return Array.from(a.labels, (_, i) => {
    const pixels = (set: Images) =>
      set.images.subarray(i * SIZE, (i + 1) * SIZE).join();
    return pixels(a) === pixels(b);
  });
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const seeds = fc.integer();

Deno.test("tintImages() changes nothing with strength 0", () => {
  fc.assert(fc.property(share, seeds, (p, seed) => {
    const from = randomImages(5, seed);
    const tinted = tintImages(from, { p, strength: 0, seed, subset: "test" });
    assert.deepEqual(tinted, from);
  }));
});

Deno.test("tintImages() leaves only the colour of the class with strength 1 and p 1", () => {
  fc.assert(fc.property(seeds, (seed) => {
    const from = randomImages(5, seed);
    const options = { p: 1, strength: 1, seed, subset: "test" };
    const { images, labels } = tintImages(from, options);
    const colours = classColours(4, seed)
      .map((colour) => colour.map((value) => Math.round(value * 255)));
    for (const [k, level] of images.entries()) {
      const label = labels[Math.floor(k / SIZE)] as number;
      assert.equal(level, colours[label]?.[k % 3]);
    }
  }));
});

Deno.test("tintImages() is within half a level of (1 - strength) pixel + strength colour", () => {
  fc.assert(fc.property(share, seeds, (strength, seed) => {
    const from = randomImages(3, seed);
    const options = { p: 1, strength, seed, subset: "test" };
    const { images, labels } = tintImages(from, options);
    const colours = classColours(4, seed);
    for (const [k, level] of images.entries()) {
      const label = labels[Math.floor(k / SIZE)] as number;
      const colour = (colours[label]?.[k % 3] as number) * 255;
      const exact = (1 - strength) * (from.images[k] as number) +
        strength * colour;
      assert.ok(Math.abs(level - exact) <= 0.5 + 1e-9);
    }
  }));
});

Deno.test("tintImages() takes every image from the p = 1 set or the p = 0 set", () => {
  fc.assert(fc.property(share, seeds, (p, seed) => {
    const from = randomImages(20, seed);
    const options = { strength: 0.25, seed, subset: "test" };
    const mixed = tintImages(from, { ...options, p });
    const own = same(mixed, tintImages(from, { ...options, p: 1 }));
    const random = same(mixed, tintImages(from, { ...options, p: 0 }));
    assert.ok(own.every((isOwn, i) => isOwn || random[i]));
  }));
});

Deno.test("tintImages() keeps, as p rises, every image that has its own class's colour", () => {
  fc.assert(fc.property(share, share, seeds, (p, q, seed) => {
    const from = randomImages(20, seed);
    const options = { strength: 0.25, seed, subset: "test" };
    const all = tintImages(from, { ...options, p: 1 });
    const [fewer, more] = [Math.min(p, q), Math.max(p, q)]
      .map((p) => same(tintImages(from, { ...options, p }), all));
    assert.ok(fewer?.every((isOwn, i) => !isOwn || more?.[i]));
  }));
});

Deno.test("tintImages() leaves every image without its own class's colour pixel-identical in the shifted set", () => {
  fc.assert(fc.property(share, seeds, (p, seed) => {
    const from = randomImages(20, seed);
    const options = { strength: 0.25, seed, subset: "test" };
    const reference = tintImages(from, { ...options, p });
    const shifted = tintImages(from, { ...options, p: 0 });
    const unaffected = same(reference, shifted);
    const own = same(reference, tintImages(from, { ...options, p: 1 }));
    assert.ok(unaffected.every((isSame, i) => isSame || own[i]));
    assert.deepEqual(reference.labels, shifted.labels);
  }));
});

Deno.test("tintImages() gives a share p of own colours, and of the others one in each class", () => {
  const from = randomImages(4_000, 1);
  const options = { strength: 0.25, seed: 1, subset: "test" };
  const all = tintImages(from, { ...options, p: 1 });
  const count = (p: number) =>
    same(tintImages(from, { ...options, p }), all).filter(Boolean).length /
    4_000;
  // Of four classes: p + (1 − p)/4; three standard errors are at most 0.024.
  assert.ok(Math.abs(count(0) - 0.25) < 0.024);
  assert.ok(Math.abs(count(0.5) - 0.625) < 0.024);
  assert.equal(count(1), 1);
});

Deno.test("tintImages() tints the first images of a longer set alike", () => {
  const from = randomImages(20, 1);
  const first = take(from, [0, 1, 2, 3, 4]);
  const options = { p: 0.5, strength: 0.25, seed: 1, subset: "train" };
  assert.deepEqual(
    tintImages(first, options),
    take(tintImages(from, options), [0, 1, 2, 3, 4]),
  );
});

Deno.test("tintImages() draws anew for another subset but keeps the class colours", () => {
  const from = randomImages(20, 1);
  const set = (p: number, subset: string) =>
    tintImages(from, { p, strength: 0.25, seed: 1, subset });
  assert.ok(same(set(0, "train"), set(0, "test")).includes(false));
  assert.deepEqual(set(1, "train"), set(1, "test"));
});

Deno.test("classColours() begins alike for more classes and differs between seeds", () => {
  assert.deepEqual(classColours(10, 0).slice(0, 4), classColours(4, 0));
  assert.notDeepEqual(classColours(4, 0), classColours(4, 1));
});

Deno.test("tintImages() leaves the given images as they are", () => {
  const from = randomImages(3, 1);
  tintImages(from, { p: 0.5, strength: 0.5, seed: 1, subset: "test" });
  assert.deepEqual(from, randomImages(3, 1));
});

Deno.test("tintImages() throws when p or strength is not between 0 and 1", () => {
  const from = randomImages(1, 1);
  const options = { p: 0.5, strength: 0.25, seed: 1, subset: "test" };
  assert.throws(() => tintImages(from, { ...options, p: 1.5 }), {
    name: "RangeError",
    message: "Cannot tint images with p 1.5: it must lie between 0 and 1",
  });
  assert.throws(() => tintImages(from, { ...options, strength: NaN }), {
    message:
      "Cannot tint images with strength NaN: it must lie between 0 and 1",
  });
});

Deno.test("tintImages() throws when the images are not in colour", () => {
  const from: Images = { ...randomImages(3, 1), shape: [4, 3, 1] };
  assert.throws(
    () => tintImages(from, { p: 1, strength: 0.25, seed: 1, subset: "test" }),
    {
      name: "RangeError",
      message: "Cannot tint images of shape [4,3,1]: three channels are needed",
    },
  );
});

Deno.test("tintImages() throws when a label has no class", () => {
  const from: Images = { ...randomImages(1, 1), labels: Uint8Array.of(4) };
  assert.throws(
    () => tintImages(from, { p: 1, strength: 0.25, seed: 1, subset: "test" }),
    {
      name: "RangeError",
      message: "Cannot tint image 0: its label 4 is not below the 4 classes",
    },
  );
});

Deno.test("tintMixture() gives the shares of own and random colours", () => {
  assert.deepEqual(tintMixture(0.75), {
    reference: { sets: { own: 0.75, random: 0.25 } },
    shifted: { sets: { own: 0, random: 1 } },
  });
  assert.deepEqual(tintComponents, { own: 1, random: 0 });
});

Deno.test("tintMixture() throws when p is not between 0 and 1", () => {
  assert.throws(() => tintMixture(-0.1), {
    message: "Cannot tint images with p -0.1: it must lie between 0 and 1",
  });
});

Deno.test("tint is an in-support shift defined under its own name", () => {
  assert.ok(isDefinition(tint));
  assert.equal(sourceOf(tint).name, "tint");
  assert.ok(sourceOf(tint).module.endsWith("/shifts/tint.ts"));
  assert.equal(tint.support, "in");
  assert.equal(tint.apply, tintImages);
});
