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
  const others = [...new Set(folds)].map((fold) => ({
    fold,
    others: placesBeside(folds, fold),
  }));
  /** For each example the number of its group that `of` makes of the examples of all other folds. */
  const byOthers = (
    groups: Int32Array,
    of: (others: Uint32Array) => Float64Array,
  ): Float64Array => {
    const given = new Float64Array(n);
    for (const { fold, others: some } of others) {
      const numbers = of(some);
      for (let i = 0; i < n; i++) {
        if (folds[i] === fold) {
          given[i] = numbers[groups[i] as number] as number;
        }
      }
    }
    return given;
  };
  const one = new Int32Array(n);
  const count = Math.max(1, told);
  return ({ shifted: split, probability }) => {
    const odds = probability.map((p) =>
      logit(Math.min(1 - SURE, Math.max(SURE, p)))
    );
    const ofShifted = split.reduce((sum, is) => sum + is, 0) / split.length;
    const more = byOthers(
      looks,
      (places) =>
        missingOdds(places, { groups: looks, count, odds, split, ofShifted }),
    );
    const expectedOf = (set: 0 | 1) => {
      const mean =
        (groups: Int32Array, from: Float64Array, against: number) =>
        (places: Uint32Array) =>
          meanBeyond(
            { places, split, set },
            { groups, count, right, from, against },
          );
      const level = byOthers(one, mean(one, slope, 0))
        .map((value, i) => value + (slope[i] as number));
      return byOthers(looks, mean(looks, level, AGAINST.right))
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

/** Places of all examples of other folds. */
function placesBeside(folds: Uint8Array, fold: number): Uint32Array {
  const places = new Uint32Array(folds.length);
  let count = 0;
  for (let i = 0; i < folds.length; i++) {
    if (folds[i] !== fold) places[count++] = i;
  }
  return places.slice(0, count);
}

const logit = (p: number) => Math.log(p / (1 - p));

/** Groups of examples, by number. */
interface Groups {
  /** Of each example: [n]. */
  readonly groups: Int32Array;
  /** How many there are. */
  readonly count: number;
}

/** Of each group the mean of what is right beyond what was expected, over some examples of a set and as many as stand `against` it. */
function meanBeyond(
  { places, split, set }: {
    readonly places: Uint32Array;
    readonly split: Uint8Array;
    readonly set: 0 | 1;
  },
  { groups, count, right, from, against }: Groups & {
    readonly right: Float64Array;
    /** What was expected. */
    readonly from: Float64Array;
    readonly against: number;
  },
): Float64Array {
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  for (let k = 0; k < places.length; k++) {
    const i = places[k] as number;
    if (split[i] !== set) continue;
    const group = groups[i] as number;
    sums[group] = (sums[group] as number) + (right[i] as number) -
      (from[i] as number);
    sizes[group] = (sizes[group] as number) + 1;
  }
  return sums.map((sum, group) =>
    sum / Math.max(1, (sizes[group] as number) + against)
  );
}

/** By how much the odds of some examples are too low in each group, by Newton's method, as if both sets had the same size. */
function missingOdds(
  places: Uint32Array,
  { groups, count, odds, split, ofShifted }: Groups & {
    readonly odds: Float64Array;
    readonly split: Uint8Array;
    /** Share of all examples that are shifted ones. */
    readonly ofShifted: number;
  },
): Float64Array {
  const [ofTest, ofOther] = [0.5 / (1 - ofShifted), 0.5 / ofShifted];
  const more = new Float64Array(count);
  const slopes = new Float64Array(count);
  const curves = new Float64Array(count);
  for (let step = 0; step < 5; step++) {
    for (let group = 0; group < count; group++) {
      slopes[group] = -AGAINST.odds * (more[group] as number);
    }
    curves.fill(AGAINST.odds);
    for (let k = 0; k < places.length; k++) {
      const i = places[k] as number;
      const group = groups[i] as number;
      const set = split[i] as number;
      const p = 1 /
        (1 + Math.exp(-(odds[i] as number) - (more[group] as number)));
      const counts = set === 1 ? ofOther : ofTest;
      slopes[group] = (slopes[group] as number) + counts * (set - p);
      curves[group] = (curves[group] as number) + counts * p * (1 - p);
    }
    for (let group = 0; group < count; group++) {
      more[group] = (more[group] as number) +
        (slopes[group] as number) / (curves[group] as number);
    }
  }
  return more;
}
