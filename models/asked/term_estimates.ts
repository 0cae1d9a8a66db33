/**
 * What the terms of a drop are made of: how likely each example is a shifted
 * one, and how often models are to be expected right on it, both fitted to
 * examples of other folds.
 *
 * @module
 */
import type { AskedFeatures } from "../../data/asked/asked_set.ts";
import type { DroppedExamples } from "../../stats/asked/drop_terms.ts";
import { crossRidge } from "../linear/cross_ridge.ts";

/** Examples of two sets whose drop is taken apart. */
export interface TermExamples {
  readonly features: readonly AskedFeatures[];
  /** Class of each example: [n]. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** Share of the models that are right: [n]. */
  readonly right: Float64Array;
  /** 1 for shifted examples, 0 for test ones: [n]. */
  readonly shifted: Uint8Array;
  /** Fold of each example: [n]. */
  readonly folds: Uint8Array;
}

/** A split of the examples, theirs or a random one, and what a classifier says of it. */
export type ToldSplit = Pick<DroppedExamples, "shifted" | "probability">;

/** Weight of the penalty of the regression, for each feature. */
const PENALTY = 0.5;

/** Examples of each class and set that count against a correction: on the logit scale, and of accuracies. */
const AGAINST = { odds: 1, right: 10 } as const;

/** Where classes have fewer examples than so on average, none is told from the others. */
const FEWEST_OF_CLASS = 20;

/** Probabilities nearer to 0 or 1 than so are corrected as if they lay there. */
const SURE = 0.02;

/**
 * What gives the parts of the terms for a split. A ridge regression tells how
 * often models are right; what it and the classifier get wrong over all
 * examples that look like one class is put right. Linear scores hardly see that
 * classes are more or less frequent; of class and score together they do.
 */
export function termEstimates(
  { features, labels, classes, right, shifted, folds }: TermExamples,
): (split: ToldSplit) => DroppedExamples {
  const n = right.length;
  const d = features.reduce((sum, { dimension }) => sum + dimension, 0);
  const told = n < FEWEST_OF_CLASS * classes ? 0 : classes;
  const shares = Array.from(
    { length: told },
    (_, c) => labels.reduce((sum, label) => sum + (label === c ? 1 : 0), 0) / n,
  );
  const [slope, ...ofClasses] = features.length === 0
    ? [new Float64Array(n)]
    : crossRidge({
      features,
      folds,
      strata: Int32Array.from(shifted),
      penalty: PENALTY * d,
    })([
      right,
      ...shares.map((_, c) =>
        Float64Array.from(labels, (label) => label === c ? 1 : 0)
      ),
    ]) as [Float64Array, ...Float64Array[]];
  const looks = Int32Array.from(labels, (_, i) => {
    let [best, most] = [0, -Infinity];
    for (const [c, scores] of ofClasses.entries()) {
      const score = (scores[i] as number) + (shares[c] as number);
      if (score > most) [best, most] = [c, score];
    }
    return best;
  });
  /** For each example what `of` makes of the examples of all other folds that are in its group. */
  const byOthers = (
    groups: Int32Array,
    of: (others: readonly number[]) => number,
    among: readonly number[],
  ): Float64Array => {
    const given = new Float64Array(n);
    for (const fold of new Set(folds)) {
      const others = Map.groupBy(
        among.filter((i) => folds[i] !== fold),
        (i) => groups[i] as number,
      );
      const numbers = new Map(
        [...new Set(groups)].map((
          group,
        ) => [group, of(others.get(group) ?? [])]),
      );
      for (let i = 0; i < n; i++) {
        if (folds[i] !== fold) continue;
        given[i] = numbers.get(groups[i] as number) as number;
      }
    }
    return given;
  };
  const all = Array.from({ length: n }, (_, i) => i);
  const one = new Int32Array(n);
  return ({ shifted: split, probability }) => {
    const odds = probability.map((p) =>
      logit(Math.min(1 - SURE, Math.max(SURE, p)))
    );
    const more = byOthers(
      looks,
      (others) => missingOdds(others, { odds, split }),
      all,
    );
    const expectedOf = (set: 0 | 1) => {
      const among = all.filter((i) => split[i] === set);
      const mean =
        (from: Float64Array, against: number) => (places: readonly number[]) =>
          places.reduce(
            (sum, i) => sum + (right[i] as number) - (from[i] as number),
            0,
          ) /
          Math.max(1, places.length + against);
      const level = byOthers(one, mean(slope, 0), among)
        .map((value, i) => value + (slope[i] as number));
      return byOthers(looks, mean(level, AGAINST.right), among)
        .map((value, i) =>
          Math.min(1, Math.max(0, value + (level[i] as number)))
        );
    };
    return {
      right,
      shifted: split,
      probability: odds.map((value, i) =>
        1 / (1 + Math.exp(-value - (more[i] as number)))
      ),
      expected: { test: expectedOf(0), shifted: expectedOf(1) },
    };
  };
}

const logit = (p: number) => Math.log(p / (1 - p));

/** By how much the odds of some examples are too low, by Newton's method, as if both sets had the same size. */
function missingOdds(
  places: readonly number[],
  { odds, split }: {
    readonly odds: Float64Array;
    readonly split: Uint8Array;
  },
): number {
  const ofShifted = split.reduce((sum, is) => sum + is, 0) / split.length;
  let more = 0;
  for (let step = 0; step < 5; step++) {
    let [slope, curve] = [-AGAINST.odds * more, AGAINST.odds];
    for (const i of places) {
      const p = 1 / (1 + Math.exp(-(odds[i] as number) - more));
      const counts = split[i] === 1 ? 0.5 / ofShifted : 0.5 / (1 - ofShifted);
      slope += counts * ((split[i] as number) - p);
      curve += counts * p * (1 - p);
    }
    more += slope / curve;
  }
  return more;
}
