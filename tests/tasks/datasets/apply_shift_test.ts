import assert from "node:assert/strict";
import { define } from "../../../engine/define/definition.ts";
import { isNumber, optional } from "../../../engine/define/shape.ts";
import { anyTaskOf } from "../../../engine/define/task.ts";
import { flip, flipImages } from "../../../shifts/flip.ts";
import { labelShift } from "../../../shifts/label_shift.ts";
import type { AnyShift, Shift } from "../../../shifts/shift.ts";
import { tint, tintImages } from "../../../shifts/tint.ts";
import { applyShift } from "../../../tasks/datasets/apply_shift.ts";
import { randomImages } from "../../shifts/random_images.ts";
import { contextOnCpu } from "../context.ts";

const images = randomImages(6, 1);
const options = { p: 0.5, strength: 0.5, seed: 1, subset: "test" };
const label = { pMinority: 0.25, distribution: "shifted", seed: 1 };

/** Brightens by a number of levels; by none where it is left out. */
const brighten: Shift<{ readonly levels?: number }> = define(
  import.meta.url,
  "brighten",
  {
    name: "brighten",
    title: "Brighter",
    support: "out",
    description: "Every image is brighter.",
    options: { levels: optional(isNumber) },
    apply: (from, { levels = 0 }) => ({
      ...from,
      images: from.images.map((value) => value + levels),
    }),
  },
);

/** What the task makes of the images, whatever types say. */
async function applied(shift: AnyShift, options: object): Promise<unknown> {
  const args = { images, shift, options };
  return (await anyTaskOf(applyShift).run(args, contextOnCpu()))["value"];
}

Deno.test("applyShift() gives the images that the shift gives", async () => {
  assert.deepEqual(await applied(tint, options), tintImages(images, options));
  assert.deepEqual(await applied(flip, {}), flipImages(images));
});

Deno.test("applyShift() refuses an option that the shift does not have", async () => {
  await assert.rejects(applied(tint, { ...options, prat: "train" }), {
    name: "TypeError",
    message:
      'Cannot apply shift "tint" with option "prat": its options are "p", "strength", "seed", "subset"',
  });
  await assert.rejects(applied(flip, { toString: 1 }), {
    name: "TypeError",
    message:
      'Cannot apply shift "flip" with option "toString": it has no options',
  });
});

Deno.test("applyShift() refuses to go without an option", async () => {
  const { subset: _, ...without } = options;
  for (const given of [without, { ...options, subset: undefined }]) {
    await assert.rejects(applied(tint, given), {
      name: "TypeError",
      message:
        'Cannot apply shift "tint" without option "subset": its options are "p", "strength", "seed", "subset"',
    });
  }
});

Deno.test("applyShift() refuses a value that is none of the option", async () => {
  await assert.rejects(applied(tint, { ...options, seed: "1" }), {
    name: "TypeError",
    message: 'Cannot apply shift "tint" with seed "1": it must be a number',
  });
  await assert.rejects(applied(labelShift, { ...label, distribution: "x" }), {
    message:
      'Cannot apply shift "label-shift" with distribution "x": that is no value of it',
  });
});

Deno.test("applyShift() goes without an option that may be left out", async () => {
  assert.deepEqual(await applied(brighten, {}), images);
  assert.deepEqual(await applied(brighten, { levels: 1 }), {
    ...images,
    images: images.images.map((value) => value + 1),
  });
});
