import { z } from "zod";
import type { Groups } from "../../data/images/groups.ts";
import type { Images } from "../../data/images/images.ts";
import { json } from "../../engine/define/codec.ts";
import { later } from "../../engine/define/later.ts";
import { defineTask } from "../../engine/define/task.ts";
import { withDevice } from "../../models/device/with_device.ts";
import { refitDisagreement } from "../../models/interventions/refit_disagreement.ts";
import { refitPublished } from "../../models/interventions/refit_published.ts";
import { byRefit } from "../../models/interventions/refits.ts";
import { refitWeighted } from "../../models/interventions/refit_weighted.ts";
import type { Model, ModelOptions } from "../../models/model/model.ts";
import { type Weights, weights } from "../../models/model/weights.ts";

const extraction = later<
  typeof import("../../models/prediction/extract_features.ts")
>(
  import.meta.resolve("../../models/prediction/extract_features.ts"),
);

/** A network, and the images to refit its last layer on. */
export interface RefitLastLayerArgs {
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  readonly weights: Weights;
  /** A checkpoint early in its training. */
  readonly early: Weights;
  readonly images: Images;
  /** Groups of the images. */
  readonly groups: Groups;
  /** Seed of the published refit's halves and subsets. */
  readonly seed: number;
  /** Number of subsets whose refits are averaged in the published one. */
  readonly subsets: number;
  /** Number of images of the refit without groups, the same of each class. */
  readonly disagreeing: number;
}

/**
 * The last layer of a network, refitted in each way. What it is given for each
 * image is computed once for all of them, and is not kept.
 */
export const refitLastLayer = defineTask({
  module: import.meta.url,
  name: "refitLastLayer",
  result: {
    ...byRefit(() => weights),
    facts: json(
      z.strictObject({
        /** The C that the published refit has chosen, and the worst-group accuracy with each. */
        published: z.strictObject({
          c: z.number(),
          candidates: z.array(
            z.strictObject({ c: z.number(), worst: z.number() }).readonly(),
          ).readonly(),
          perGroup: z.int(),
        }).readonly(),
        /** Mean total-variation distance between checkpoint and network, of the images that are refitted on and of all. */
        disagreement: z.strictObject({ chosen: z.number(), all: z.number() })
          .readonly(),
      }).readonly(),
    ),
  },
  run: (
    { weights, early, images, groups, seed, ...args }: RefitLastLayerArgs,
    context,
  ) =>
    withDevice(context, async (device) => {
      const { extractFeatures } = await extraction();
      const seen = async (weights: Weights) => ({
        weights,
        features: await extractFeatures({
          ...args,
          weights,
          images,
          device,
          signal: context.signal,
        }),
      });
      const { labels } = images;
      const refitting = { ...await seen(weights), labels };
      const before = await seen(early);
      const published = refitPublished(refitting, {
        groups,
        seed,
        refits: args.subsets,
        onFit: (done, total) => context.progress({ unit: "fit", done, total }),
      });
      const disagreement = refitDisagreement(refitting, {
        early: before,
        images: args.disagreeing,
      });
      const { c, candidates, perGroup } = published.facts;
      return {
        weighted: refitWeighted(refitting, { balance: groups }).weights,
        published: published.weights,
        disagreement: disagreement.weights,
        unbalanced: refitWeighted(refitting, { balance: null }).weights,
        facts: {
          published: { c, candidates, perGroup },
          disagreement: disagreement.facts.distance,
        },
      };
    }),
});
