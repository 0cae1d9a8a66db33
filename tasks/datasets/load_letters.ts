import { z } from "zod";
import { drawGlyphs } from "../../data/drawings/glyphs.ts";
import { type Images, images } from "../../data/images/images.ts";
import { someTypefaces } from "../../data/drawings/typefaces.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

/** How many faces to draw. */
export interface LoadLettersArgs {
  /** Families, the first of each style in turn; all of them where left out. */
  readonly families?: number;
  /** Faces of each family at most. */
  readonly facesPerFamily: number;
}

const CAPITALS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const SMALL = [..."abcdefghijklmnopqrstuvwxyz"];

/**
 * The letters of the pre-training typefaces, in the format of MNIST. A capital
 * and its small letter are one class: many differ in size alone, which is not
 * kept, and some faces have capitals only.
 */
export const loadLetters = defineTask({
  module: import.meta.url,
  name: "loadLetters",
  result: {
    images,
    n: json(z.int()),
    familyCount: json(z.int()),
  },
  async run({ families: wanted, facesPerFamily }: LoadLettersArgs) {
    const { images, families } = await drawGlyphs(
      someTypefaces("pre-training", wanted),
      { characters: [...CAPITALS, ...SMALL], facesPerFamily },
    );
    return {
      images: withoutCase(images),
      n: images.labels.length,
      familyCount: new Set(families).size,
    };
  },
});

function withoutCase(images: Images): Images {
  return {
    ...images,
    labels: images.labels.map((label) => label % CAPITALS.length),
    classes: CAPITALS,
  };
}
