import { defineTask } from "../../engine/define/task.ts";
import {
  type DomainScores,
  domainScores,
} from "../../shifts/measure/support_split.ts";

/** Scores of one fold each. */
export interface JoinScoresArgs {
  readonly folds: readonly DomainScores[];
}

/** The scores of all folds together; every example must have been held out once. */
export const joinScores = defineTask({
  module: import.meta.url,
  name: "joinScores",
  result: domainScores,
  run({ folds }: JoinScoresArgs): DomainScores {
    const [first] = folds;
    if (first === undefined) {
      throw new RangeError("Cannot join scores: there is no fold");
    }
    const joined = (set: "reference" | "shifted") =>
      first[set].map((_, i) => {
        const own = first.folds[set][i] ?? -1;
        if (Number.isNaN(folds[own]?.[set][i])) {
          throw new RangeError(
            `Cannot join scores: the classifier of fold ${own} gives ${set} example ${i} none; its training may have diverged`,
          );
        }
        const scores = folds.map((fold) => fold[set][i] ?? NaN)
          .filter((score) => !Number.isNaN(score));
        const [score] = scores;
        if (score === undefined || scores.length > 1) {
          throw new RangeError(
            `Cannot join scores: ${set} example ${i} was held out ${scores.length} times in ${folds.length} folds, not once`,
          );
        }
        return score;
      });
    return {
      reference: joined("reference"),
      shifted: joined("shifted"),
      folds: first.folds,
    };
  },
});
