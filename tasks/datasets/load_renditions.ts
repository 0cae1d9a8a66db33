import { z } from "zod";
import type { Look } from "../../data/drawings/icon_sets.ts";
import { images } from "../../data/images/images.ts";
import { drawRenditions } from "../../data/drawings/renditions.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Whether to load drawings in colour or in black. */
export interface LoadRenditionsArgs {
  readonly look: Look;
}

/** Icons and emoji of the classes of CIFAR-10, in the format of its images. */
export const loadRenditions = defineTask({
  module: import.meta.url,
  name: "loadRenditions",
  result: {
    images,
    names: json(z.array(z.string()).readonly()),
    n: json(z.int()),
    /** Left out because another looks nearly the same. */
    duplicates: json(z.int()),
    /** What could not be drawn, and why. */
    skipped: json(
      z.array(z.strictObject({ name: z.string(), reason: z.string() }))
        .readonly(),
    ),
  },
  async run({ look }: LoadRenditionsArgs) {
    const drawn = await drawRenditions(look);
    return { ...drawn, n: drawn.images.labels.length };
  },
});
