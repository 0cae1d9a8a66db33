import { z } from "zod";
import type { Images } from "../../data/images/images.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { refitDisagreement as refit } from "../../models/interventions/refit_disagreement.ts";
import { type Weights, weights } from "../../models/model/weights.ts";
import type { Features } from "../../models/prediction/features.ts";

/** A network, an early checkpoint of it, and the images to refit its last layer on. */
export interface RefitDisagreementArgs {
  readonly weights: Weights;
  /** Its features of the images. */
  readonly features: Features;
  readonly images: Images;
  /** The checkpoint, and its features of the images. */
  readonly early: { readonly weights: Weights; readonly features: Features };
  /** Number of images to refit on, the same of each class. */
  readonly take: number;
  /** Weight of the losses beside the distance to the present last layer; 0.2 where left out. */
  readonly c?: number;
}

/** The last layer of a network, refitted on images that it changed its mind about. */
export const refitDisagreement = defineTask({
  module: import.meta.url,
  name: "refitDisagreement",
  result: {
    weights,
    facts: json(
      z.strictObject({
        c: z.number(),
        chosen: z.array(z.int()).readonly(),
        distance: z.strictObject({ chosen: z.number(), all: z.number() })
          .readonly(),
        steps: z.int(),
      }).readonly(),
    ),
  },
  run: ({ images: { labels }, take, ...args }: RefitDisagreementArgs) =>
    refit({ ...args, labels }, { ...args, images: take }),
});
