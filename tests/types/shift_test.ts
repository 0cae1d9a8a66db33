import assert from "node:assert/strict";
import { z } from "zod";
import { images as imagesCodec } from "../../data/images/images.ts";
import { json } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import { isRef } from "../../engine/define/ref.ts";
import { isNumber, isString, optional } from "../../engine/define/shape.ts";
import { defineTask } from "../../engine/define/task.ts";
import { flip, flipImages } from "../../shifts/flip.ts";
import { labelShift } from "../../shifts/label_shift.ts";
import type { Shift } from "../../shifts/shift.ts";
import { tint, type TintOptions } from "../../shifts/tint.ts";
import {
  unseenTint,
  type UnseenTintOptions,
} from "../../shifts/unseen_tint.ts";
import { applyShift } from "../../tasks/datasets/apply_shift.ts";
import { randomImages } from "../shifts/random_images.ts";
import { notRun } from "./not_run.ts";

const load = defineTask({
  module: import.meta.url,
  name: "load",
  result: {
    images: imagesCodec,
    seed: json(z.number()),
    subset: json(z.string()),
  },
  run: () => ({ images: randomImages(1, 1), seed: 1, subset: "test" }),
});

const { images, seed, subset } = load({});
const options = { p: 0.5, strength: 0.5, seed: 1, subset: "test" };
const about = {
  name: "own",
  title: "Own",
  support: "in",
  description: "A shift of one's own.",
  apply: flipImages,
} as const;

Deno.test("applyShift() takes the options of its shift, any of which may be a ref", () => {
  const refs = [
    applyShift({
      images,
      shift: tint,
      options: { p: 0.5, strength: 0.5, seed: 1, subset: "test" },
    }, "label"),
    applyShift({ images, shift: tint, options }),
    applyShift({ images, shift: tint, options: { ...options, p: 1 } }),
    applyShift({ images, shift: tint, options: { ...options, seed, subset } }),
    applyShift({ images, shift: tint, options }),
    applyShift({ images, shift: flip, options: {} }),
    ...(["reference", "shifted"] as const).map((distribution) =>
      applyShift({
        images,
        shift: labelShift,
        options: { pMinority: 0.2, distribution, seed },
      })
    ),
  ];
  assert.ok(refs.every(isRef));
});

Deno.test("applyShift() refuses an option that its shift does not have", () => {
  const strength = 0.5;
  notRun(() =>
    applyShift({
      images,
      shift: tint,
      // @ts-expect-error: "prat" is misspelt
      options: { p: 0.5, strength, seed: 1, prat: "test" },
    })
  );
  notRun(() =>
    applyShift({
      images,
      shift: tint,
      // @ts-expect-error: "more" is none
      options: { p: 0.5, strength, seed: 1, subset: "test", more: 1 },
    })
  );
  notRun(() =>
    applyShift({
      images,
      shift: tint,
      // @ts-expect-error: "more" is none, after a spread
      options: { ...options, more: 1 },
    })
  );
  const others = { ...options, more: 1 };
  // @ts-expect-error: "more" is none, in a variable
  notRun(() => applyShift({ images, shift: tint, options: others }));
  // @ts-expect-error: "more" is none, in a spread
  notRun(() => applyShift({ images, shift: tint, options: others }));
  const args = { images, shift: tint, options: others };
  // @ts-expect-error: "more" is none, in a variable of all arguments
  notRun(() => applyShift(args));
  // @ts-expect-error: "p" and "subset" are none of this shift
  notRun(() => applyShift({ images, shift: unseenTint, options }));
  // @ts-expect-error: this shift has none
  notRun(() => applyShift({ images, shift: flip, options }));
  // @ts-expect-error: "option" is no argument
  notRun(() => applyShift({ images, shift: tint, options, option: 1 }));
});

Deno.test("applyShift() refuses to go without an option", () => {
  const { subset: _, ...without } = options;
  // @ts-expect-error: "subset" is missing
  notRun(() => applyShift({ images, shift: tint, options: without }));
  const spread = { ...without, prat: "test" };
  // @ts-expect-error: "subset" is misspelt
  notRun(() => applyShift({ images, shift: tint, options: spread }));
  const maybe: Omit<TintOptions, "subset"> & { readonly subset?: string } =
    options;
  // @ts-expect-error: "subset" may be missing
  notRun(() => applyShift({ images, shift: tint, options: maybe }));
  // @ts-expect-error: all are missing
  notRun(() => applyShift({ images, shift: tint, options: {} }));
  // @ts-expect-error: "options" is missing
  notRun(() => applyShift({ images, shift: flip }));
});

Deno.test("applyShift() refuses an option of a wrong type", () => {
  const shift = tint;
  const none = { ...options, subset: undefined };
  // @ts-expect-error: "subset" is undefined
  notRun(() => applyShift({ images, shift, options: none }));
  // @ts-expect-error: "p" is no number
  notRun(() => applyShift({ images, shift, options: { ...options, p: "1" } }));
  const word = { ...options, seed: subset };
  // @ts-expect-error: "seed" is a ref of words
  notRun(() => applyShift({ images, shift, options: word }));
  const label = { pMinority: 0.2, distribution: "other", seed: 1 };
  // @ts-expect-error: there is no other distribution
  notRun(() => applyShift({ images, shift: labelShift, options: label }));
  // @ts-expect-error: the images are a number
  notRun(() => applyShift({ images: seed, shift, options }));
});

Deno.test("a shift is of the type of its options", () => {
  const same: Shift<TintOptions> = tint;
  assert.equal(same, tint);
  // @ts-expect-error: "p" and "subset" are options more
  notRun((): Shift<UnseenTintOptions> => tint);
  // @ts-expect-error: "p" and "subset" are options fewer
  notRun((): Shift<TintOptions> => unseenTint);
  // @ts-expect-error: it has options
  notRun((): Shift<Readonly<Record<string, never>>> => tint);
});

Deno.test("a shift checks each of its options", () => {
  interface Options {
    readonly seed: number;
    readonly subset?: string;
  }
  const checks = { seed: isNumber, subset: optional(isString) };
  const own: Shift<Options> = define(import.meta.url, "own", {
    ...about,
    options: checks,
  });
  assert.ok(isRef(applyShift({ images, shift: own, options: { seed } })));
  // @ts-expect-error: "prat" is none
  notRun(() => applyShift({ images, shift: own, options: { seed, prat: "" } }));

  const { subset: _, ...fewer } = checks;
  notRun((): Shift<Options> =>
    // @ts-expect-error: "subset" is not checked
    define("", "own", { ...about, options: fewer })
  );
  const others = { ...checks, seed: isString };
  notRun((): Shift<Options> =>
    // @ts-expect-error: "seed" is checked for another type
    define("", "own", { ...about, options: others })
  );
});
