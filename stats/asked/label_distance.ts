/**
 * Whether two sets have the same classes equally often.
 *
 * @module
 */
import type { Estimated } from "./ask_findings.ts";
import { meanOf } from "./placebo_splits.ts";

/** How much class shares differ. */
export interface LabelDistance {
  /** Share of the random splits, the sets as they are among them, whose chi-square is as large. */
  readonly p: number;
  /** Total variation distance of the class shares less what random splits give; 0 at least. */
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
  for (const [i, label] of labels.entries()) {
    const of = counts[shifted[i] as 0 | 1];
    of[label] = (of[label] as number) + 1;
  }
  return counts;
}

/**
 * Compares class shares with those of random splits. The interval is as wide
 * as the splits scatter: the distance itself, less their mean, and 1.96 of
 * their deviations on either side, those of independent draws at least.
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
  const [found, apart] = [chiSquare(a, b), totalVariation(a, b)];
  const splits = placebos.map((split) =>
    countLabels(labels, { shifted: split, classes })
  );
  const reached = splits.filter(([c, d]) => chiSquare(c, d) >= found - 1e-9);
  const chance = meanOf(splits.map(([c, d]) => totalVariation(c, d)));
  const value = Math.max(0, apart - chance);
  // Of a sum of absolute differences: at most as wide as if all had one sign.
  const error = 0.5 * Math.sqrt(1 / meanOf([sizeOf(a), sizeOf(b)]) * 2);
  return {
    p: (1 + reached.length) / (1 + placebos.length),
    distance: {
      value,
      low: Math.max(0, value - 1.96 * error),
      high: Math.min(1, value + 1.96 * error),
    },
  };
}

function sizeOf(counts: Float64Array): number {
  return meanOf(counts) * counts.length;
}
