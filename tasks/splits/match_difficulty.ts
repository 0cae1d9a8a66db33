import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  type Evaluation,
  rightOnShifted,
} from "../../shifts/measure/evaluation.ts";
import { MINIMUM_EXAMPLES } from "../../reports/value/minimum_examples.ts";
import { type Parts, parts, sizeOf } from "../../shifts/measure/parts.ts";
import {
  difficultyOf,
  matchDifficulty as match,
} from "../../stats/splits/difficulty.ts";

/** Parts, and the networks that decide what is difficult. */
export interface MatchDifficultyArgs {
  /** Whatever they weigh: the weights are made anew. */
  readonly parts: Parts;
  /** Evaluated on the shifted examples alone. */
  readonly judges: readonly Evaluation[];
}

/** The given parts, with the examples out of support weighted to be as difficult as those in support. */
export const matchDifficulty = defineTask({
  module: import.meta.url,
  name: "matchDifficulty",
  result: {
    parts,
    /** Share of the part in support whose difficulty the other part has as well. */
    covered: json(z.number()),
  },
  run({ parts, judges }: MatchDifficultyArgs) {
    const { inSupport } = parts;
    if (sizeOf(parts, "in support") < MINIMUM_EXAMPLES) {
      // So few have no difficulty that a part could be weighted to.
      const weights = Float64Array.from(inSupport);
      return { parts: { inSupport, weights }, covered: 0 };
    }
    const difficulty = difficultyOf(
      judges.flatMap(({ networks }) => networks.map(rightOnShifted)),
    );
    const matched = match({
      first: Array.from(inSupport, (value) => value === 1),
      difficulty,
    });
    return {
      parts: { inSupport, weights: matched.weights },
      covered: matched.covered,
    };
  },
});
