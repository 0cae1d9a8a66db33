import { foldsOf } from "../../data/images/folds.ts";
import { defineTask } from "../../engine/define/task.ts";
import { crossFit } from "../../models/linear/domain_classifier.ts";
import type { Features } from "../../models/prediction/features.ts";
import { domainScores } from "../../shifts/measure/support_split.ts";

/** Features of two sets of images by one network, and how to tell the sets apart. */
export interface ScoreFeaturesArgs {
  readonly reference: Features;
  readonly shifted: Features;
  readonly folds: number;
  /** Seed of the folds. */
  readonly seed: number;
  /** Weight of the L2 penalty on standardised features. */
  readonly penalty: number;
}

/** Log odds that each example is of the reference set: cross-fitted logistic regression on features. */
export const scoreFeatures = defineTask({
  module: import.meta.url,
  name: "scoreFeatures",
  result: domainScores,
  run(args: ScoreFeaturesArgs, context) {
    const { reference, shifted, penalty } = args;
    const count = ({ values, dimension }: Features) =>
      values.length / dimension;
    const [ofReference, ofShifted] = foldsOf([
      { n: count(reference) },
      { n: count(shifted) },
    ], args) as [Uint8Array, Uint8Array];
    const scores = crossFit({
      reference: { features: reference, folds: ofReference },
      shifted: { features: shifted, folds: ofShifted },
      penalty,
      onFold: (done, total) => context.progress({ unit: "fold", done, total }),
    });
    return {
      ...scores,
      folds: { reference: ofReference, shifted: ofShifted },
    };
  },
});
