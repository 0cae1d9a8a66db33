import { z } from "zod";
import type { Groups } from "../../data/images/groups.ts";
import type { Images } from "../../data/images/images.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { classesAsGroups } from "../../models/interventions/balance_groups.ts";
import { refitWeighted as refit } from "../../models/interventions/refit_weighted.ts";
import { type Weights, weights } from "../../models/model/weights.ts";
import type { Features } from "../../models/prediction/features.ts";

/** A network, the images to refit its last layer on, and what shall have equal weight. */
export interface RefitWeightedArgs {
  readonly weights: Weights;
  /** Its features of the images. */
  readonly features: Features;
  readonly images: Images;
  /** Groups of the images. */
  readonly groups: Groups;
  /** What has equal weight: with "none", each image. */
  readonly balance: "groups" | "classes" | "none";
  /** Weight of the losses beside the L2 penalty; 0.2 where left out. */
  readonly c?: number;
}

/** The last layer of a network, refitted, L2, with weighted groups. */
export const refitWeighted = defineTask({
  module: import.meta.url,
  name: "refitWeighted",
  result: {
    weights,
    facts: json(
      z.strictObject({
        c: z.number(),
        images: z.int(),
        balanced: z.strictObject({
          groups: z.int(),
          smallest: z.int(),
          largest: z.int(),
        }).readonly().nullable(),
        steps: z.int(),
      }).readonly(),
    ),
  },
  run: ({ images, groups, balance, ...args }: RefitWeightedArgs) =>
    refit({ ...args, labels: images.labels }, {
      ...args,
      balance: {
        groups: () => groups,
        classes: () => classesAsGroups(images),
        none: () => null,
      }[balance](),
    }),
});
