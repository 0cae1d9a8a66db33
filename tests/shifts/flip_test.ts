import assert from "node:assert/strict";
import fc from "../property.ts";
import { take } from "../../data/images/images.ts";
import { isDefinition, sourceOf } from "../../engine/define/definition.ts";
import { flip, flipImages } from "../../shifts/flip.ts";
import { randomImages } from "./random_images.ts";

Deno.test("flipImages() reverses the rows and keeps columns and channels", () => {
  const from = {
    images: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    labels: Uint8Array.of(0),
    shape: [3, 2, 2],
    classes: ["a"],
  } as const;
  assert.deepEqual(
    [...flipImages(from).images],
    [9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4],
  );
});

Deno.test("flipImages() gives the images back when applied twice", () => {
  fc.assert(fc.property(fc.nat(6), fc.integer(), (n, seed) => {
    const from = randomImages(n, seed);
    assert.deepEqual(flipImages(flipImages(from)), from);
  }));
});

Deno.test("flipImages() keeps order, labels and classes: the design is paired", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const from = randomImages(6, seed);
    const flipped = flipImages(from);
    assert.deepEqual(flipped.labels, from.labels);
    assert.deepEqual(flipped.classes, from.classes);
    for (let i = 0; i < 6; i++) {
      assert.deepEqual(flipImages(take(from, [i])), take(flipped, [i]));
    }
  }));
});

Deno.test("flipImages() leaves the given images as they are", () => {
  const from = randomImages(3, 1);
  flipImages(from);
  assert.deepEqual(from, randomImages(3, 1));
});

Deno.test("flip is an out-of-support shift defined under its own name", () => {
  assert.ok(isDefinition(flip));
  assert.equal(sourceOf(flip).name, "flip");
  assert.ok(sourceOf(flip).module.endsWith("/shifts/flip.ts"));
  assert.equal(flip.support, "out");
  assert.equal(flip.apply, flipImages);
});
