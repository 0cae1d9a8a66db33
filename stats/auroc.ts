/**
 * Area under the receiver operating characteristic.
 *
 * @module
 */

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
  const [p, n] = [positive.length, negative.length];
  if (p === 0 || n === 0) {
    throw new RangeError(
      `Cannot take an area under the curve of ${p} positive and ${n} negative examples: there must be some of both`,
    );
  }
  const rising = (scores: ArrayLike<number>) =>
    Float64Array.from(scores).sort();
  const [highs, lows] = [rising(positive), rising(negative)];
  let below = 0;
  let upTo = 0;
  let pairs = 0;
  for (const score of highs) {
    while (below < n && (lows[below] as number) < score) below++;
    upTo = Math.max(upTo, below);
    while (upTo < n && (lows[upTo] as number) === score) upTo++;
    pairs += (below + upTo) / 2;
  }
  return pairs / (p * n);
}
