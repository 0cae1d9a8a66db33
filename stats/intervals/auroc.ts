/**
 * Area under the receiver operating characteristic.
 *
 * @module
 */
import { criticalValue } from "./quantile.ts";
import { clopperPearson, type Interval, wilson } from "./proportion.ts";

/**
 * For each score of `scores`, the share of `others` that is lower; equal ones
 * count half.
 */
export function shareBelow(
  scores: ArrayLike<number>,
  others: ArrayLike<number>,
): Float64Array {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i)
    .sort((a, b) => difference(scores[a] as number, scores[b] as number));
  const rising = Float64Array.from(others).sort();
  const shares = new Float64Array(scores.length);
  let [below, upTo] = [0, 0];
  for (const i of order) {
    const score = scores[i] as number;
    while (below < rising.length && (rising[below] as number) < score) below++;
    upTo = Math.max(upTo, below);
    while (upTo < rising.length && (rising[upTo] as number) === score) upTo++;
    shares[i] = (below + upTo) / 2 / rising.length;
  }
  return shares;
}

/** a − b, and 0 for equal infinities. */
function difference(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function check(positive: ArrayLike<number>, negative: ArrayLike<number>): void {
  const [p, n] = [positive.length, negative.length];
  if (p === 0 || n === 0) {
    throw new RangeError(
      `Cannot take an area under the curve of ${p} positive and ${n} negative examples: there must be some of both`,
    );
  }
}

/**
 * The share of pairs of a positive and a negative example in which the
 * positive one has the higher score; equal scores count half (Mann and
 * Whitney 1947). 1 tells them apart, 0.5 is chance.
 *
 * @throws {RangeError} if there is no example of one kind
 */
export function auroc(
  positive: ArrayLike<number>,
  negative: ArrayLike<number>,
): number {
  check(positive, negative);
  return meanOf(shareBelow(positive, negative));
}

/**
 * DeLong's interval of the area (1988), from the normal distribution, cut to
 * 0…1. Where all pairs are ranked alike his variance is 0; then the interval is
 * that of Clopper and Pearson for as many pairs as share no example, or
 * Wilson's where all are equal.
 *
 * @throws {RangeError} if there is no example of one kind
 */
export function aurocInterval(
  positive: ArrayLike<number>,
  negative: ArrayLike<number>,
  { level = 0.95 }: { readonly level?: number | undefined } = {},
): Interval {
  check(positive, negative);
  const area = auroc(positive, negative);
  const n = Math.min(positive.length, negative.length);
  if (area === 0 || area === 1) {
    return clopperPearson({ successes: area * n, n }, { level });
  }
  const variance = aurocVariance(positive, negative);
  if (variance === 0) return wilson({ successes: area * n, n }, { level });
  const halfWidth = criticalValue(level, Infinity) * Math.sqrt(variance);
  return {
    low: Math.max(0, area - halfWidth),
    high: Math.min(1, area + halfWidth),
  };
}

/**
 * DeLong's variance of the area (1988). One example does not tell how far
 * others lie: its share of the variance is then that of a uniform rank, as
 * between sets that are alike.
 *
 * @throws {RangeError} if there is no example of one kind
 */
export function aurocVariance(
  positive: ArrayLike<number>,
  negative: ArrayLike<number>,
): number {
  check(positive, negative);
  return varianceOf(shareBelow(positive, negative)) / positive.length +
    varianceOf(shareBelow(negative, positive)) / negative.length;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Variance of the share of others that lie below an example like them. */
export const UNIFORM_VARIANCE: number = 1 / 12;

/** With divisor n − 1. */
function varianceOf(values: Float64Array): number {
  if (values.length < 2) return UNIFORM_VARIANCE;
  const middle = meanOf(values);
  const squares = values.reduce((sum, v) => sum + (v - middle) ** 2, 0);
  return squares / (values.length - 1);
}
