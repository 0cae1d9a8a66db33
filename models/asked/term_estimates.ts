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
  const names = [...new Set(folds)];
  /** For each example what `of` makes of the examples of all other folds that are in its group and for which `counts` holds, in their order. */
  const byOthers = (
    groups: Int32Array,
    of: (others: Uint32Array) => number,
    counts: (i: number) => boolean,
  ): Float64Array => {
    const members = placesByGroup(groups);
    const numbers = new Float64Array(members.length);
    const others = new Uint32Array(n);
    const given = new Float64Array(n);
    for (const fold of names) {
      for (const [group, places] of members.entries()) {
        let count = 0;
        for (let k = 0; k < places.length; k++) {
          const i = places[k] as number;
          if (folds[i] !== fold && counts(i)) others[count++] = i;
        }
        numbers[group] = of(others.subarray(0, count));
      }
      for (let i = 0; i < n; i++) {
        if (folds[i] !== fold) continue;
        given[i] = numbers[groups[i] as number] as number;
      }
    }
    return given;
  };
  const one = new Int32Array(n);
  return ({ shifted: split, probability }) => {
    const odds = probability.map((p) =>
      logit(Math.min(1 - SURE, Math.max(SURE, p)))
    );
    const ofShifted = split.reduce((sum, is) => sum + is, 0) / split.length;
    const more = byOthers(
      looks,
      (others) => missingOdds(others, { odds, split, ofShifted }),
      () => true,
    );
    const expectedOf = (set: 0 | 1) => {
      const isAmong = (i: number) => split[i] === set;
      const mean =
        (from: Float64Array, against: number) => (places: Uint32Array) => {
          let sum = 0;
          for (let k = 0; k < places.length; k++) {
            const i = places[k] as number;
            sum = sum + (right[i] as number) - (from[i] as number);
          }
          return sum / Math.max(1, places.length + against);
        };
      const level = byOthers(one, mean(slope, 0), isAmong)
        .map((value, i) => value + (slope[i] as number));
      return byOthers(looks, mean(level, AGAINST.right), isAmong)
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

/** Places of each group, in their order; none of a number that no group has. */
function placesByGroup(groups: Int32Array): readonly Uint32Array[] {
  const members: number[][] = [];
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as number;
    while (members.length <= group) members.push([]);
    (members[group] as number[]).push(i);
  }
  return members.map((places) => Uint32Array.from(places));
}

/** By how much the odds of some examples are too low, by Newton's method, as if both sets had the same size. */
function missingOdds(
  places: Uint32Array,
  { odds, split, ofShifted }: {
    readonly odds: Float64Array;
    readonly split: Uint8Array;
    /** Share of all examples that are shifted ones. */
    readonly ofShifted: number;
  },
): number {
  const [ofTest, ofOther] = [0.5 / (1 - ofShifted), 0.5 / ofShifted];
  let more = 0;
  for (let step = 0; step < 5; step++) {
    let [slope, curve] = [-AGAINST.odds * more, AGAINST.odds];
    for (let k = 0; k < places.length; k++) {
      const i = places[k] as number;
      const p = 1 / (1 + Math.exp(-(odds[i] as number) - more));
      const counts = split[i] === 1 ? ofOther : ofTest;
      slope += counts * ((split[i] as number) - p);
      curve += counts * p * (1 - p);
    }
    more += slope / curve;
  }
  return more;
}
