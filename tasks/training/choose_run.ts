import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { accuracyOf } from "../../shifts/measure/accuracy_on.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";

/** A finished run that may be chosen. */
export interface Candidate {
  /** What sets it apart from the others, e.g. `learning rate 0.003`. */
  readonly name: string;
  /** The setting in which it differs. */
  readonly value: number;
  readonly evaluation: Evaluation;
}

/** Runs that differ in a setting, e.g. the learning rate, and what decides between them. */
export interface ChooseRunArgs {
  readonly candidates: readonly Candidate[];
  /** The set of images that decides; not one that is reported on. */
  readonly set: string;
}

/** The finished run of highest accuracy on the set that decides; of equals the first. */
export const chooseRun = defineTask({
  module: import.meta.url,
  name: "chooseRun",
  result: {
    name: json(z.string()),
    value: json(z.number()),
    /** Accuracy of every candidate on the set that decides. */
    accuracies: json(z.record(z.string(), z.number())),
  },
  run({ candidates, set }: ChooseRunArgs) {
    const accuracies: Record<string, number> = {};
    let best: Candidate | undefined;
    for (const candidate of candidates) {
      const { name, evaluation } = candidate;
      if (Object.hasOwn(accuracies, name)) {
        throw new RangeError(
          `Cannot choose a run: two candidates are named "${name}"`,
        );
      }
      const accuracy = accuracyOf(evaluation, set);
      if (best === undefined || accuracy > (accuracies[best.name] ?? NaN)) {
        best = candidate;
      }
      accuracies[name] = accuracy;
    }
    if (best === undefined) {
      throw new RangeError("Cannot choose a run: there are no candidates");
    }
    const { name, value } = best;
    return { name, value, accuracies };
  },
});
