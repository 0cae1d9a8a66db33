import assert from "node:assert/strict";
import fc from "fast-check";
import { take } from "../data/images/images.ts";
import { isDefinition, sourceOf } from "../engine/define/definition.ts";
import { randomImages } from "../tests/shifts/random_images.ts";
import { exampleShift } from "./shift.ts";

const { apply } = exampleShift;
// EDIT: options that change images.
const options = { strength: 0.5 };

const seeds = fc.integer();

// EDIT: what the shift does, told by an image that can be worked out by hand.
Deno.test("exampleShift.apply() makes images half as bright with strength 0.5", () => {
  const from = {
    images: Uint8Array.of(0, 100, 255),
    labels: Uint8Array.of(0),
    shape: [1, 1, 3], // height, width, channels
    classes: ["a"],
  } as const;
  const { images } = apply(from, { strength: 0.5 });
  assert.deepEqual([...images], [0, 50, 128]);
});

// EDIT: the options with which nothing changes; leave this out if there are none.
Deno.test("exampleShift.apply() changes nothing with strength 0", () => {
  fc.assert(fc.property(seeds, (seed) => {
    const from = randomImages(5, seed);
    assert.deepEqual(apply(from, { strength: 0 }), from);
  }));
});

// EDIT: options that the shift refuses.
Deno.test("exampleShift.apply() refuses a strength that is no share", () => {
  for (const strength of [-0.1, 1.1, NaN]) {
    assert.throws(
      () => apply(randomImages(1, 1), { strength }),
      /^RangeError: Cannot shift images with strength/,
    );
  }
});

Deno.test("exampleShift.apply() keeps order, labels and classes: the design is paired", () => {
  fc.assert(fc.property(seeds, (seed) => {
    const from = randomImages(6, seed);
    const shifted = apply(from, options);
    assert.deepEqual(shifted.labels, from.labels);
    assert.deepEqual(shifted.classes, from.classes);
    // EDIT: leave this out if images draw one after the other from a stream.
    for (let i = 0; i < 6; i++) {
      assert.deepEqual(
        apply(take(from, [i]), options),
        take(shifted, [i]),
      );
    }
  }));
});

Deno.test("exampleShift.apply() leaves the given images as they are", () => {
  const from = randomImages(3, 1);
  apply(from, options);
  assert.deepEqual(from, randomImages(3, 1));
});

Deno.test("exampleShift is a shift defined under its own name", () => {
  assert.ok(isDefinition(exampleShift));
  const { name } = sourceOf(exampleShift);
  assert.equal(name, "exampleShift");
});
