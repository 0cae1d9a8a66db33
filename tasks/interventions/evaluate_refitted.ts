import type { Images } from "../../data/images/images.ts";
import { later } from "../../engine/define/later.ts";
import { defineTask } from "../../engine/define/task.ts";
import { withDevice } from "../../models/device/with_device.ts";
import {
  lastLayerOf,
  logitsOf,
} from "../../models/interventions/last_layer.ts";
import {
  byRefit,
  type Refit,
  REFITS,
} from "../../models/interventions/refits.ts";
import type { Model, ModelOptions } from "../../models/model/model.ts";
import type { Weights } from "../../models/model/weights.ts";
import { rightPredictions } from "../../models/prediction/right_predictions.ts";
import {
  type Evaluation,
  evaluations,
  type JudgedSet,
  judgedSet,
} from "../../shifts/measure/evaluation.ts";

const extraction = later<
  typeof import("../../models/prediction/extract_features.ts")
>(
  import.meta.resolve("../../models/prediction/extract_features.ts"),
);

/** One network with its last layer refitted in several ways, and the images that it is tested on. */
export interface EvaluateRefittedArgs {
  /** What the network is; the evaluations are named so with the refit after it. */
  readonly name: string;
  /** Seed of its training. */
  readonly seed: number;
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  /** The network, whose own last layer is not used. */
  readonly weights: Weights;
  /** Its last layer after each refit. */
  readonly refitted: Readonly<Record<Refit, Weights>>;
  /** Sets of test images with the same classes. */
  readonly sets: Readonly<Record<string, Images>>;
}

/**
 * Which images of each set a network gets right after each refit of its last
 * layer. What the layer is given is computed once for all of them.
 */
export const evaluateRefitted = defineTask({
  module: import.meta.url,
  name: "evaluateRefitted",
  result: byRefit(() => evaluations),
  run: (args: EvaluateRefittedArgs, context) =>
    withDevice(context, async (device) => {
      const { extractFeatures } = await extraction();
      const { name, seed, model, modelOptions, weights, refitted } = args;
      const sets = Object.entries(args.sets);
      const judged = byRefit((): Record<string, JudgedSet> => ({}));
      for (const [i, [set, images]] of sets.entries()) {
        const { labels } = images;
        const features = await extractFeatures({
          model,
          modelOptions,
          weights,
          images,
          device,
          signal: context.signal,
        });
        for (const refit of REFITS) {
          const { classes, ...layer } = lastLayerOf({
            weights: refitted[refit],
            features,
            labels,
          });
          const logits = Float32Array.from(logitsOf(layer, features.values));
          judged[refit][set] = judgedSet(
            rightPredictions(logits, { labels, classes }),
            { labels, classes },
          );
        }
        context.progress({
          unit: "test set",
          done: i + 1,
          total: sets.length,
        });
      }
      return byRefit((refit): Evaluation => ({
        name: `${name}, ${refit}`,
        seed,
        classes: sets[0]?.[1].classes ?? [],
        labels: Object.fromEntries(
          sets.map(([set, { labels }]) => [set, labels]),
        ),
        networks: [{ sets: judged[refit] }],
      }));
    }),
});
