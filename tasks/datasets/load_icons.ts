import { z } from "zod";
import {
  drawnIcons,
  type DrawnIconsOptions,
} from "../../data/drawings/drawn_icons.ts";
import { images } from "../../data/images/images.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Icons of what is no relative of CIFAR-10's classes, in random colours, in the format of its images. */
export const loadIcons = defineTask({
  module: import.meta.url,
  name: "loadIcons",
  result: {
    images,
    /** How many concepts. */
    concepts: json(z.int()),
    /** How many drawings, whatever their colours. */
    n: json(z.int()),
    /** How many could not be drawn. */
    skipped: json(z.int()),
  },
  async run(options: DrawnIconsOptions) {
    const { images, names, skipped } = await drawnIcons(options);
    return {
      images,
      concepts: images.classes.length,
      n: names.length,
      skipped: skipped.length,
    };
  },
});
