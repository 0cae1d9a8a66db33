import { z } from "zod";
import { drawGlyphs } from "../../data/drawings/glyphs.ts";
import { images } from "../../data/images/images.ts";
import { someTypefaces } from "../../data/drawings/typefaces.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

/** How many faces to draw. */
export interface LoadTypesetDigitsArgs {
  /** Families, the first of each style in turn; all of them where left out. */
  readonly families?: number | undefined;
  /** Faces of each family at most. */
  readonly facesPerFamily: number;
}

const DIGITS = [..."0123456789"];

/** The digits of the evaluation typefaces, in the format of MNIST. */
export const loadTypesetDigits = defineTask({
  module: import.meta.url,
  name: "loadTypesetDigits",
  result: {
    images,
    /** Family of each image: the unit of every interval. */
    families: json(z.array(z.string()).readonly()),
    /** How many images and families there are. */
    n: json(z.int()),
    familyCount: json(z.int()),
    /** What could not be drawn, and why. */
    skipped: json(
      z.array(z.strictObject({ name: z.string(), reason: z.string() }))
        .readonly(),
    ),
  },
  async run({ families: wanted, facesPerFamily }: LoadTypesetDigitsArgs) {
    const { images, families, skipped } = await drawGlyphs(
      someTypefaces("evaluation", wanted),
      { characters: DIGITS, facesPerFamily },
    );
    return {
      images,
      families,
      skipped,
      n: images.labels.length,
      familyCount: new Set(families).size,
    };
  },
});
