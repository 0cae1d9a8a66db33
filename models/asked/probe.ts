/**
 * A linear classifier of the classes, which stands in where nobody gave a model.
 *
 * @module
 */
import type { AskedSet } from "../../data/asked/asked_set.ts";
import {
  groupsOf,
  haveGroupsInCommon,
  joinSets,
  takeExamples,
} from "../../data/asked/take_examples.ts";
import { foldsOf } from "../../data/images/folds.ts";
import { stream } from "../../engine/define/random.ts";
import { crossRidge } from "../linear/cross_ridge.ts";
import type { AskedSets } from "./remove_duplicates.ts";

/** Weight of the penalty, for each feature. */
const PENALTY = 0.5;
const FOLDS = 5;
/** So many further classifiers tell their deviation to an eighth of it. */
const AGAIN = 32;
/** Share of the teaching examples, or of their groups, that each of those goes without. */
const DELETED = 0.25;
/** Fewer examples, or groups of them, tell nothing of what others would teach. */
const FEWEST = 4;

/** How a classifier does on the test and then the shifted examples. */
export interface Probed {
  /** 1 for each that it is right on: [n]. */
  readonly right: Float64Array;
  /** The same of classifiers that went without a part of what it learnt from; none where that is fewer than four groups. */
  readonly rightWithout: readonly Float64Array[];
  /** By what deviations of those are to be multiplied to be that of classifiers of as many other examples. */
  readonly factor: number;
}

/**
 * Least squares on all features, learnt from the reference set or, without
 * one, from the test examples of other folds; of other folds of the reference
 * set, too, where it has groups that others have: nothing is learnt of a group
 * that is then asked about.
 *
 * Others that go without a quarter of that tell how much a classifier owes to
 * what it happened to learn from, by the delete-d jackknife (Shao and Wu 1989).
 * Bootstrap samples, of which a third are copies, tell too little of it: three
 * quarters of the deviation where there are five examples a feature.
 */
export function probe(sets: AskedSets, seed: number): Probed {
  const { taught, learn } = lessonOf(sets, seed);
  const labels = joinSets([sets.test, sets.shifted]).labels as Int32Array;
  const right = (rows: readonly number[]) => rightOn(labels, learn(rows));
  const rows = Array.from({ length: taught.n }, (_, row) => row);
  const units = [
    ...Map.groupBy(rows, (row) => taught.groups?.[row] ?? row).values(),
  ];
  const kept = units.length < FEWEST
    ? 0
    : units.length - Math.ceil(DELETED * units.length);
  const random = stream(seed, "asked", "teachers that are left out");
  return {
    right: right(rows),
    rightWithout: Array.from({ length: kept === 0 ? 0 : AGAIN }, () =>
      right(
        Array.from(
          random.permutation(units.length).subarray(0, kept),
          (unit) => units[unit] as number[],
        ).flat(),
      )),
    factor: Math.sqrt(kept / (units.length - kept)),
  };
}

/** What speaks for each class, of the test and then the shifted examples, to the same classifier: [classes][n]. */
export function classScores(
  sets: AskedSets,
  seed: number,
): readonly Float64Array[] {
  const { taught, learn } = lessonOf(sets, seed);
  return learn(Array.from({ length: taught.n }, (_, row) => row));
}

/** Who teaches, and what is learnt of the test and the shifted examples from some of its rows. */
function lessonOf({ reference, test, shifted }: AskedSets, seed: number) {
  const hasReference = reference.n > 0 && reference.labels !== null;
  const asked = [test, shifted];
  const taught = hasReference ? reference : test;
  const areApart = hasReference &&
    !haveGroupsInCommon(reference, groupsOf(asked));
  const used = hasReference ? [reference, ...asked] : asked;
  const n = used.reduce((sum, set) => sum + set.n, 0);
  const folds = areApart
    ? new Uint8Array(n).fill(1, 0, taught.n)
    : foldsOf([{ n, groups: groupsOf(used) ?? undefined }], {
      folds: FOLDS,
      seed,
    })[0] as Uint8Array;
  const learn = (rows: readonly number[]) =>
    scoresOf(asked, {
      taught: takeExamples(taught, rows),
      folds: [
        ...rows.map((row) => folds[row] as number),
        ...folds.subarray(n - test.n - shifted.n),
      ],
    });
  return { taught, learn };
}

/** What speaks for each class, by what is learnt from some examples, of others. */
function scoresOf(
  asked: readonly AskedSet[],
  { taught, folds }: {
    readonly taught: AskedSet;
    /** Of those that teach and those asked about, one after the other. */
    readonly folds: readonly number[];
  },
): readonly Float64Array[] {
  const all = joinSets([taught, ...asked]);
  const labels = all.labels as Int32Array;
  const features = Object.values(all.features);
  const d = features.reduce((sum, { dimension }) => sum + dimension, 0);
  const ofClass = all.classes.map((_, c) => {
    const is = new Float64Array(labels.length);
    for (let i = 0; i < is.length; i++) is[i] = labels[i] === c ? 1 : 0;
    return is;
  });
  const shares = ofClass.map((is) =>
    is.subarray(0, taught.n).reduce((sum, one) => sum + one, 0) / taught.n
  );
  return crossRidge({
    features,
    folds: Uint8Array.from(folds),
    strata: null,
    training: new Uint8Array(all.n).fill(1, 0, taught.n),
    penalty: PENALTY * d,
  })(ofClass).map((scores, c) =>
    // Least squares on centred targets gives what a class gains on its share.
    scores.subarray(taught.n).map((score) => score + (shares[c] as number))
  );
}

/** 1 for each example for whose label most speaks. */
function rightOn(
  labels: Int32Array,
  scores: readonly Float64Array[],
): Float64Array {
  return Float64Array.from(labels, (label, k) => {
    let [best, most] = [-1, -Infinity];
    for (const [c, own] of scores.entries()) {
      const score = own[k] as number;
      if (score > most) [best, most] = [c, score];
    }
    return best === label ? 1 : 0;
  });
}
