import { z } from "zod";
import type { Groups } from "../../data/images/groups.ts";
import type { Images } from "../../data/images/images.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { refitPublished as refit } from "../../models/interventions/refit_published.ts";
import { type Weights, weights } from "../../models/model/weights.ts";
import type { Features } from "../../models/prediction/features.ts";

/** A network, and the images to refit its last layer on. */
export interface RefitPublishedArgs {
  readonly weights: Weights;
  /** Its features of the images. */
  readonly features: Features;
  readonly images: Images;
  /** Groups of the images. */
  readonly groups: Groups;
  /** Seed of the halves and the subsets. */
  readonly seed: number;
  /** Values of C to choose among; the authors' where left out. */
  readonly candidates?: readonly number[];
  /** Number of subsets whose refits are averaged; 20 where left out. */
  readonly refits?: number;
}

/** The last layer of a network, refitted as deep feature reweighting was published. */
export const refitPublished = defineTask({
  module: import.meta.url,
  name: "refitPublished",
  result: {
    weights,
    facts: json(
      z.strictObject({
        c: z.number(),
        candidates: z.array(
          z.strictObject({ c: z.number(), worst: z.number() }).readonly(),
        ).readonly(),
        groups: z.int(),
        perGroup: z.int(),
        refits: z.int(),
        steps: z.int(),
      }).readonly(),
    ),
  },
  run: ({ images: { labels }, ...args }: RefitPublishedArgs, context) =>
    refit({ ...args, labels }, {
      ...args,
      onFit: (done, total) => context.progress({ unit: "fit", done, total }),
    }),
});
