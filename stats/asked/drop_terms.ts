/**
 * A drop of accuracy in three terms (DISDE: Cai, Namkoong, Yadlowsky,
 * arXiv:2303.02011).
 *
 * @module
 */

import { deviationAbout, meanOf } from "./placebo_splits.ts";

/** Examples of two sets, how often models are right on each, and the odds of its set. */
export interface DroppedExamples {
  /** Share of the models that are right: [n]. */
  readonly right: Float64Array;
  /** 1 for shifted examples, 0 for test ones: [n]. */
  readonly shifted: Uint8Array;
  /** Calibrated probability that an example is a shifted one, had both sets the same size; fitted to other examples: [n]. */
  readonly probability: Float64Array;
  /** Share of the models that is to be expected right on each example, were it a test or a shifted one; fitted to other examples: [n] each. */
  readonly expected: {
    readonly test: Float64Array;
    readonly shifted: Float64Array;
  };
}

/** The terms of a drop, and what is shared. */
export interface DropTerms {
  /** Accuracy on the test set less that on the shifted set. */
  readonly total: number;
  /** In the order of `TERM_NAMES`; they add up to the total. */
  readonly terms: readonly [number, number, number];
  /** Overlap of the sets: the mean of 2 (1 − p) over shifted and of 2 p over test examples, 1 at most. */
  readonly sharedMass: number;
  /** Kish's effective numbers of examples of the shared part. */
  readonly effectiveSizes: { readonly test: number; readonly shifted: number };
}

/**
 * The shared distribution has the density p q / (p + q), p and q being those
 * of test and shifted examples. The terms lead from the accuracy on the test
 * set to that of its labels on what is shared, on to that of the shifted set's
 * labels there, and on to that on the shifted set. The middle one is a
 * difference under overlap weights (Li, Morgan, Zaslavsky,
 * arXiv:1404.1785); within known groups, of sets of one size, it is Mantel and
 * Haenszel's.
 *
 * Probabilities are estimates, and weights alone would take them for the
 * truth: terms too small, intervals too narrow. So each accuracy on what is
 * shared is the root of its efficient influence function (Crump, Hotz, Imbens,
 * Mitnik, NBER t0330), which adds what is expected right to what is found
 * beyond that: errors of the two fits count by their product alone, and a
 * bootstrap of examples tells how far the terms scatter.
 *
 * @param counts how often each example counts: [n], as a bootstrap draws them
 */
export function dropTerms(
  { right, shifted, probability, expected }: DroppedExamples,
  counts?: ArrayLike<number>,
): DropTerms {
  const sums = [0, 1].map(() => ({
    n: 0,
    right: 0,
    weight: 0,
    squares: 0,
    /** What the set's own models get right beyond what was expected. */
    beyond: 0,
    /** What is expected right on what is shared, of either set's models. */
    ofTest: 0,
    ofShifted: 0,
  }));
  for (let i = 0; i < right.length; i++) {
    const count = counts === undefined ? 1 : counts[i] as number;
    if (count === 0) continue;
    const set = shifted[i] as 0 | 1;
    const sum = sums[set] as typeof sums[number];
    const other = probability[i] as number;
    const weight = set === 1 ? 1 - other : other;
    const square = count * weight * weight;
    const [asTest, asShifted] = [
      expected.test[i] as number,
      expected.shifted[i] as number,
    ];
    sum.n += count;
    sum.right += count * (right[i] as number);
    sum.weight += count * weight;
    sum.squares += square;
    sum.beyond += count * weight *
      ((right[i] as number) - (set === 1 ? asShifted : asTest));
    sum.ofTest += square * asTest;
    sum.ofShifted += square * asShifted;
  }
  const [test, other] = sums as [typeof sums[number], typeof sums[number]];
  const [onTest, onShifted] = [test.right / test.n, other.right / other.n];
  const shared = test.squares / test.n + other.squares / other.n;
  const testShared = shared > 0
    ? (test.beyond / test.n + test.ofTest / test.n + other.ofTest / other.n) /
      shared
    : onTest;
  const shiftedShared = shared > 0
    ? (other.beyond / other.n + test.ofShifted / test.n +
      other.ofShifted / other.n) / shared
    : onShifted;
  return {
    total: onTest - onShifted,
    terms: [
      onTest - testShared,
      testShared - shiftedShared,
      shiftedShared - onShifted,
    ],
    sharedMass: Math.min(1, test.weight / test.n + other.weight / other.n),
    effectiveSizes: {
      test: test.squares === 0 ? 0 : test.weight ** 2 / test.squares,
      shifted: other.squares === 0 ? 0 : other.weight ** 2 / other.squares,
    },
  };
}

/**
 * What draws bootstrap samples of each set, and says how often each example
 * counts in one: groups are drawn with replacement, as many as there are.
 *
 * @param draw a uniform integer from 0 to below its argument
 */
export function bootstrapCounts(
  { shifted, groups }: {
    readonly shifted: Uint8Array;
    readonly groups: readonly string[] | null;
  },
  draw: (bound: number) => number,
): () => Uint16Array {
  const units = [0, 1].map((set) => unitsOf(set, { shifted, groups }));
  return () => {
    const counts = new Uint16Array(shifted.length);
    for (const { places, starts } of units) {
      const all = starts.length - 1;
      for (let k = 0; k < all; k++) {
        const unit = draw(all);
        const end = starts[unit + 1] as number;
        for (let at = starts[unit] as number; at < end; at++) {
          const i = places[at] as number;
          counts[i] = (counts[i] as number) + 1;
        }
      }
    }
    return counts;
  };
}

/** Places of a set's examples, group after group, and where each begins; its length at the end. */
function unitsOf(
  set: number,
  { shifted, groups }: {
    readonly shifted: Uint8Array;
    readonly groups: readonly string[] | null;
  },
): { readonly places: Uint32Array; readonly starts: Uint32Array } {
  const units = [
    ...Map.groupBy(
      Array.from(shifted.keys()).filter((i) => shifted[i] === set),
      (i) => groups?.[i] ?? i,
    ).values(),
  ];
  const starts = new Uint32Array(units.length + 1);
  for (const [k, { length }] of units.entries()) {
    starts[k + 1] = (starts[k] as number) + length;
  }
  return { places: Uint32Array.from(units.flat()), starts };
}

/** Resamples of each random split, enough where their variances are averaged. */
const RESAMPLES = 25;

/**
 * How many times farther the terms of random splits scatter about 0 than a
 * bootstrap of each tells: it takes both fits as given, which other examples
 * would change. At least 1; 1 without splits.
 *
 * @param splits random splits, each with fits of its own
 * @param groups name of the group of each example; null where each is its own
 * @param draw a uniform integer from 0 to below its argument
 */
export function termWidenings(
  splits: readonly DroppedExamples[],
  { groups, draw }: {
    readonly groups: readonly string[] | null;
    readonly draw: (bound: number) => number;
  },
): readonly [number, number, number] {
  const squares = [0, 0, 0];
  const variances = [0, 0, 0];
  for (const split of splits) {
    const counts = bootstrapCounts({ ...split, groups }, draw);
    const samples = Array.from(
      { length: RESAMPLES },
      () => dropTerms(split, counts()).terms,
    );
    for (const [k, term] of dropTerms(split).terms.entries()) {
      const own = samples.map((terms) => terms[k] as number);
      squares[k] = (squares[k] as number) + term ** 2;
      variances[k] = (variances[k] as number) +
        deviationAbout(own, meanOf(own)) ** 2 * RESAMPLES / (RESAMPLES - 1);
    }
  }
  return [0, 1, 2].map((k) => {
    const [found, told] = [squares[k] as number, variances[k] as number];
    return told > 0 ? Math.max(1, Math.sqrt(found / told)) : 1;
  }) as [number, number, number];
}
