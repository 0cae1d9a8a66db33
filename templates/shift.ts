/**
 * Example: EDIT what it changes, in a sentence.
 *
 * @module
 */
import type { Images } from "../data/images/images.ts";
import { define } from "../engine/define/definition.ts";
import { isNumber } from "../engine/define/shape.ts";
import type { Shift } from "../shifts/shift.ts";

/** EDIT: what the shift can be told. Each option has a check in `options` below. */
export interface Options {
  /** How much darker: 0 leaves an image as it is, 1 makes it black. */
  readonly strength: number;
}

/** EDIT: the shifted images; `from` stays as it is, and so do labels and order. */
function shifted(from: Images, { strength }: Options): Images {
  if (!(strength >= 0 && strength <= 1)) {
    throw new RangeError(
      `Cannot shift images with strength ${strength}: it must lie between 0 and 1`,
    );
  }
  // Channel by channel, pixel by pixel, row by row, image by image: see `shape`.
  // What is random comes from stream(seed, …), never from Math.random: see tint.ts.
  // Levels are whole numbers from 0 to 255: others are rounded and clamped.
  const images = new Uint8Array(
    Uint8ClampedArray.from(from.images, (level) => level * (1 - strength)),
  );
  return { ...from, images };
}

/** EDIT: the shift, in a sentence. */
export const exampleShift: Shift<Options> = define(
  import.meta.url,
  "exampleShift",
  {
    name: "example",
    title: "Example",
    // EDIT: "out" if it leads to what no reference image looks like, else "in".
    support: "out",
    // EDIT: for readers. What changes, and why that is in or out of support.
    description:
      "Reference images are plain photographs; every shifted image is the same photograph, darker. Out of support: photographs of the reference distribution are seldom as dark.",
    options: { strength: isNumber },
    apply: shifted,
  },
);
