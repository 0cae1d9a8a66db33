/**
 * Whether two sets have the same classes equally often.
 *
 * @module
 */
import type { Estimated } from "./ask_findings_schemas.ts";
import { normalCdf } from "../intervals/distributions.ts";
import { noncentralityAtMost } from "../intervals/noncentrality.ts";
import { deviationAbout, meanOf } from "./placebo_splits.ts";

/** How much class shares differ. */
export interface LabelDistance {
  /** Share of the random splits, the sets as they are among them, whose chi-square is as large. */
  readonly p: number;
  /** Total variation distance of the class shares less what chance adds to it; 0 at least. */
  readonly distance: Estimated;
}

/** Total variation distance of two vectors of counts, each as shares. */
export function totalVariation(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  const [sizeA, sizeB] = [meanOf(a) * a.length, meanOf(b) * b.length];
  let sum = 0;
  for (let c = 0; c < a.length; c++) {
    sum += Math.abs((a[c] as number) / sizeA - (b[c] as number) / sizeB);
  }
  return sum / 2;
}

/** Pearson's chi-square of two vectors of counts; classes that neither has count nothing. */
export function chiSquare(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  const [sizeA, sizeB] = [meanOf(a) * a.length, meanOf(b) * b.length];
  let sum = 0;
  for (let c = 0; c < a.length; c++) {
    const both = (a[c] as number) + (b[c] as number);
    if (both === 0) continue;
    for (const [count, size] of [[a[c], sizeA], [b[c], sizeB]] as const) {
      const expected = both * size / (sizeA + sizeB);
      sum += ((count as number) - expected) ** 2 / expected;
    }
  }
  return sum;
}

/** Counts of labels in each of two sets. */
export function countLabels(
  labels: Int32Array,
  { shifted, classes }: {
    readonly shifted: Uint8Array;
    readonly classes: number;
  },
): readonly [Float64Array, Float64Array] {
  const counts = [
    new Float64Array(classes),
    new Float64Array(classes),
  ] as const;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    const of = counts[shifted[i] as 0 | 1];
    of[label] = (of[label] as number) + 1;
  }
  return counts;
}

/** Up to this chance shares differ by what is seen of them, and not by chance alone. */
const SEEN = 0.01;

/**
 * Compares class shares with those of random splits. Each part is what can be
 * said whatever the shares are:
 *
 * - The value is the distance of the counts less what chance adds: where nothing
 *   is seen, the mean of the splits; else what it adds to such differences.
 * - From below it is nothing where nothing is seen; else what is left when all
 *   differences that are not clear are chance, less 1.96 standard errors of the
 *   share of all classes that are more frequent in one set.
 * - From above it is the lesser of two. Counts are farther apart on the average
 *   than shares are, so the distance is below theirs and 1.96 standard errors.
 *   And Cauchy and Schwarz have it at most half the root of the sum of squared
 *   differences over the shares of both sets, which is the noncentrality of
 *   chi-square over the examples that compare them. Where nothing is seen it is
 *   no less than 1.96 standard errors of a share of a half above the value: equal
 *   counts are no proof.
 *
 * All are of independent examples, or wider by as much as the splits, which keep
 * groups together, scatter more.
 */
export function labelDistance(
  labels: Int32Array,
  { shifted, classes, placebos }: {
    readonly shifted: Uint8Array;
    readonly classes: number;
    /** Random splits that keep groups together. */
    readonly placebos: readonly Uint8Array[];
  },
): LabelDistance {
  const [a, b] = countLabels(labels, { shifted, classes });
  const found = chiSquare(a, b);
  const splits = placebos.map((split) =>
    countLabels(labels, { shifted: split, classes })
  );
  const reached = splits.filter(([c, d]) => chiSquare(c, d) >= found - 1e-9);
  const p = (1 + reached.length) / (1 + placebos.length);
  const apart = totalVariation(a, b);
  const spread = spreadOf([a, b], splits);
  const isSeen = p <= SEEN;
  const differences = differencesOf(a, b);
  const error = errorOf(differences, { counts: [a, b], spread });
  const taken = isSeen
    ? excessOf(differences, spread)
    : meanOf(splits.map(([c, d]) => totalVariation(c, d)));
  const value = Math.max(0, apart - taken);
  const ofChance = excessOf(differences, spread, 0);
  const low = isSeen ? Math.max(0, apart - ofChance - 1.96 * error) : 0;
  const both = spread.wider * (1 / sizeOf(a) + 1 / sizeOf(b));
  const noncentrality = noncentralityAtMost(
    found / spread.wider,
    a.filter((count, c) => count + (b[c] as number) > 0).length - 1,
  );
  const high = Math.max(
    Math.min(apart + 1.96 * error, Math.sqrt(noncentrality * both) / 2),
    isSeen ? value : value + 1.96 * Math.sqrt(both) / 2,
  );
  return { p, distance: { value, low, high: Math.min(1, high) } };
}

/** Counts of the classes in both sets. */
type Counts = readonly [Float64Array, Float64Array];

/** How far differences of class shares scatter in random splits. */
interface Spread {
  /** Of each class, about 0: [classes]. */
  readonly deviations: Float64Array;
  /** How many times the variances of independent examples, together; 1 at least. */
  readonly wider: number;
}

function spreadOf([a, b]: Counts, splits: readonly Counts[]): Spread {
  const [sizeA, sizeB] = [sizeOf(a), sizeOf(b)];
  const ofSplits = splits.map(([c, d]) => differencesOf(c, d));
  const deviations = a.map((_, c) =>
    deviationAbout(ofSplits.map((split) => split[c] as number), 0)
  );
  let [scatter, textbook] = [0, 0];
  for (const [c, deviation] of deviations.entries()) {
    const both = ((a[c] as number) + (b[c] as number)) / (sizeA + sizeB);
    scatter += deviation ** 2;
    textbook += both * (1 - both) * (1 / sizeA + 1 / sizeB);
  }
  return {
    deviations,
    wider: textbook === 0 ? 1 : Math.max(1, scatter / textbook),
  };
}

/** Standard error of the share of all classes that are more frequent in one set, as a difference of the sets. */
function errorOf(
  differences: Float64Array,
  { counts: [a, b], spread: { wider } }: {
    readonly counts: Counts;
    readonly spread: Spread;
  },
): number {
  const [sizeA, sizeB] = [sizeOf(a), sizeOf(b)];
  let [first, second] = [0, 0];
  for (const [c, difference] of differences.entries()) {
    if (difference <= 0) continue;
    first += (a[c] as number) / sizeA;
    second += (b[c] as number) / sizeB;
  }
  return Math.sqrt(
    wider * (first * (1 - first) / sizeA + second * (1 - second) / sizeB),
  );
}

/** Shares of classes in one set less those in the other. */
function differencesOf(a: Float64Array, b: Float64Array): Float64Array {
  const [sizeA, sizeB] = [sizeOf(a), sizeOf(b)];
  return a.map((count, c) => count / sizeA - (b[c] as number) / sizeB);
}

/** A difference so many deviations from 0 is told from chance by itself. */
const CLEAR = 2.5;

/**
 * By how much half the sum of absolute differences is too large by chance: a
 * normal number is farther from 0 than its mean. Of those that are not clear the
 * means are taken to be alike, as large as what their squares exceed chance by
 * if nothing else is said, in deviations.
 */
function excessOf(
  differences: Float64Array,
  { deviations }: Spread,
  ofUnclear?: number,
): number {
  const inDeviations = [...differences.entries()].flatMap(([c, value]) => {
    const deviation = deviations[c] as number;
    return deviation === 0
      ? []
      : [{ deviation, size: Math.abs(value / deviation) }];
  });
  const unclear = inDeviations.filter(({ size }) => size <= CLEAR);
  const alike = ofUnclear ??
    Math.sqrt(Math.max(0, meanOf(unclear.map(({ size }) => size * size)) - 1));
  return inDeviations.reduce((sum, { deviation, size }) => {
    const mean = size <= CLEAR ? alike : size;
    const density = Math.exp(-mean * mean / 2) / Math.sqrt(2 * Math.PI);
    return sum + deviation * (density - mean * normalCdf(-mean));
  }, 0);
}

function sizeOf(counts: Float64Array): number {
  return meanOf(counts) * counts.length;
}
