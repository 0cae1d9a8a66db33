import { type AskedSet, askedSet } from "../../data/asked/asked_set.ts";
import type { Images } from "../../data/images/images.ts";
import { pixelStatistics } from "../../data/images/pixel_statistics.ts";
import { simpleProperties } from "../../data/images/simple_properties.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Features } from "../../models/prediction/features.ts";

/** Images of one set, what is known of their files, and what a network makes of them. */
export interface GatherImagesArgs {
  readonly images: Images;
  readonly about: AskedSet;
  readonly network: Features;
}

/** All that is known of the images of one set: two kinds of features, and simple properties. */
export const gatherImages = defineTask({
  module: import.meta.url,
  name: "gatherImages",
  result: askedSet,
  run({ images, about, network }: GatherImagesArgs): AskedSet {
    const drawn = Object.entries(simpleProperties(images)).map((
      [name, values],
    ) => [name, { values, categories: null }] as const);
    return {
      ...about,
      features: { network, pixels: pixelStatistics(images) },
      properties: { ...Object.fromEntries(drawn), ...about.properties },
    };
  },
});
