import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Estimate, TooFewExamples } from "../../reports/value/claim.ts";
import { inWords } from "../../reports/value/part_estimates.ts";

/** What a split makes, and what placebos of it make. */
export interface OverPlacebosArgs {
  /** Effective robustness out of support minus in support, in the split. */
  readonly difference: Estimate | TooFewExamples;
  /** The mean of the same in its placebos. */
  readonly mean: Estimate | TooFewExamples;
}

/**
 * What remains of a split's difference over the mean of its placebos. The
 * interval is that of the difference: the mean is taken as it is.
 */
export const overPlacebos = defineTask({
  module: import.meta.url,
  name: "overPlacebos",
  result: {
    /** As the end of a sentence. */
    words: json(z.string()),
  },
  run({ difference, mean }: OverPlacebosArgs) {
    if ("tooFew" in difference) return { words: inWords(difference) };
    if ("tooFew" in mean) return { words: inWords(mean) };
    const { value, low, high } = difference;
    return {
      words: inWords({
        ...difference,
        value: value - mean.value,
        low: low - mean.value,
        high: high - mean.value,
      }),
    };
  },
});
