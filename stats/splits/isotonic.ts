/**
 * Isotonic regression: calibration that supposes nothing but order.
 *
 * @module
 */
import { risingOrder } from "./rising_order.ts";

/** A curve that never falls: linear between knots, constant beyond them. */
export interface IsotonicCurve {
  /** Where the knots are; rising. */
  readonly at: Float64Array;
  /** The values there; never falling. */
  readonly values: Float64Array;
}

/**
 * The curve that never falls and is nearest to the outcomes in squares, by
 * pooling adjacent violators (Ayer et al. 1955). Equal scores count as one
 * with their mean outcome. scikit-learn's `IsotonicRegression` gives the same.
 *
 * @throws {RangeError} if there is no score, or not one outcome a score
 */
export function isotonicRegression(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): IsotonicCurve {
  const n = scores.length;
  if (n === 0 || n !== outcomes.length) {
    throw new RangeError(
      `Cannot fit a rising curve to ${n} scores with ${outcomes.length} outcomes: there must be one of each, and some`,
    );
  }
  return risingCurve({ scores, outcomes, order: risingOrder(scores) });
}

/**
 * The same of some of the scores, of whom an order is known in which they rise:
 * for curves of many parts of the same scores.
 *
 * @param order places of scores, one at least
 */
export function risingCurve(
  { scores, outcomes, order }: {
    readonly scores: ArrayLike<number>;
    readonly outcomes: ArrayLike<number>;
    readonly order: Uint32Array;
  },
): IsotonicCurve {
  const n = order.length;
  // Blocks of outcomes of one score, or of neighbouring ones that were pooled.
  const [from, to] = [new Float64Array(n), new Float64Array(n)];
  const [sums, sizes] = [new Float64Array(n), new Float64Array(n)];
  let last = -1;
  for (let k = 0; k < n;) {
    const at = scores[order[k] as number] as number;
    let start = at;
    let sum = outcomes[order[k] as number] as number;
    let size = 1;
    for (k++; k < n && scores[order[k] as number] === at; k++) {
      sum += outcomes[order[k] as number] as number;
      size++;
    }
    while (
      last >= 0 &&
      (sums[last] as number) * size >= sum * (sizes[last] as number)
    ) {
      start = from[last] as number;
      sum = (sums[last] as number) + sum;
      size += sizes[last] as number;
      last--;
    }
    last++;
    from[last] = start;
    to[last] = at;
    sums[last] = sum;
    sizes[last] = size;
  }
  const [at, values] = [new Float64Array(2 * n), new Float64Array(2 * n)];
  let knots = 0;
  for (let block = 0; block <= last; block++) {
    const value = (sums[block] as number) / (sizes[block] as number);
    at[knots] = from[block] as number;
    values[knots++] = value;
    if (from[block] === to[block]) continue;
    at[knots] = to[block] as number;
    values[knots++] = value;
  }
  return { at: at.slice(0, knots), values: values.slice(0, knots) };
}

/** The height of a curve at a score. */
export function heightAt(
  { at, values }: IsotonicCurve,
  score: number,
): number {
  const last = at.length - 1;
  if (!(score > (at[0] as number))) return values[0] as number;
  if (score >= (at[last] as number)) return values[last] as number;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((at[middle] as number) <= score) low = middle;
    else high = middle;
  }
  const [left, right] = [at[low] as number, at[high] as number];
  const share = (score - left) / (right - left);
  return (1 - share) * (values[low] as number) +
    share * (values[high] as number);
}
