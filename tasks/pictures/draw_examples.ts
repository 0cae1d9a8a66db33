import { z } from "zod";
import { imageGrid } from "../../data/images/image_grid.ts";
import type { Images } from "../../data/images/images.ts";
import { bytes, json } from "../../engine/define/codec.ts";
import { stream } from "../../engine/define/random.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { PartName, Parts } from "../../shifts/measure/parts.ts";

/** Images, and which of them may be shown. */
export interface DrawExamplesArgs {
  readonly images: Images;
  /** The part whose images alone may be drawn; all images where left out. */
  readonly part?: { readonly parts: Parts; readonly name: PartName };
  /** Most images to draw. */
  readonly n: number;
  /** Images in a row. */
  readonly columns: number;
  /** Seed of the choice. */
  readonly seed: number;
}

/** A PNG of images drawn at random, and how many there are to draw from; one white pixel where there are none. */
export const drawExamples = defineTask({
  module: import.meta.url,
  name: "drawExamples",
  result: {
    png: bytes,
    width: json(z.int()),
    height: json(z.int()),
    /** Number of images that might have been drawn. */
    count: json(z.int()),
  },
  run({ images, part, n, columns, seed }: DrawExamplesArgs) {
    const wanted = part?.name === "in support" ? 1 : 0;
    const members = [...images.labels.keys()].filter((i) =>
      part === undefined || part.parts.inSupport[i] === wanted
    );
    const order = stream(seed, "examples").permutation(members.length);
    const indices = Array.from(order.subarray(0, n), (i) => members[i] ?? NaN);
    const count = members.length;
    if (count === 0) {
      const white: Images = {
        images: Uint8Array.of(255),
        labels: Uint8Array.of(0),
        shape: [1, 1, 1],
        classes: [""],
      };
      const one = { indices: [0], columns: 1, scale: 1 };
      return { ...imageGrid(white, one), count };
    }
    return { ...imageGrid(images, { indices, columns }), count };
  },
});
