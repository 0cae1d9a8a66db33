/**
 * Whether probabilities are what they say: reliability curves.
 *
 * @module
 */
import { z } from "zod";

/** Examples whose probabilities are neighbours. */
export interface ReliabilityBin {
  /** Number of examples. */
  readonly n: number;
  /** How many of them are positive. */
  readonly successes: number;
  /** Mean of their probabilities. */
  readonly predicted: number;
}

/** Schema of {@linkcode ReliabilityBin}. */
export const reliabilityBinSchema: z.ZodType<ReliabilityBin> = z.strictObject({
  n: z.int().positive(),
  successes: z.int().nonnegative(),
  predicted: z.number().min(0).max(1),
});

/**
 * Bins of about as many examples each, from the lowest to the highest
 * probability. Equal probabilities are never divided, so that there may be
 * fewer bins than asked for.
 *
 * @throws {RangeError} if there is no probability, not one outcome a
 * probability, or the number of bins is not a positive integer
 */
export function reliabilityBins(
  probabilities: ArrayLike<number>,
  positive: ArrayLike<boolean>,
  { bins }: { readonly bins: number },
): readonly ReliabilityBin[] {
  const n = probabilities.length;
  if (n === 0 || n !== positive.length) {
    throw new RangeError(
      `Cannot check ${n} probabilities with ${positive.length} outcomes: there must be one of each, and some`,
    );
  }
  if (!(Number.isInteger(bins) && bins > 0)) {
    throw new RangeError(
      `Cannot put probabilities into ${bins} bins: there must be one at least`,
    );
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) =>
    (probabilities[a] as number) - (probabilities[b] as number)
  );
  const result: ReliabilityBin[] = [];
  let start = 0;
  while (start < n) {
    // The end of the bin in which the next example belongs by rank.
    const wanted = Math.ceil(
      (Math.floor(start * bins / n) + 1) * n / bins - 1e-9,
    );
    let end = Math.max(start + 1, Math.min(wanted, n));
    const at = (rank: number) => probabilities[order[rank] as number];
    while (end < n && at(end) === at(end - 1)) end++;
    let [sum, successes] = [0, 0];
    for (const i of order.subarray(start, end)) {
      sum += probabilities[i] as number;
      if (positive[i]) successes++;
    }
    result.push({ n: end - start, successes, predicted: sum / (end - start) });
    start = end;
  }
  return result;
}

/**
 * Expected calibration error: the mean distance between the mean probability
 * of a bin and its share of positive examples, weighted by size (Naeini et
 * al. 2015). Above 0 by chance alone even for perfect probabilities.
 */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  return bins.reduce(
    (sum, bin) => sum + Math.abs(bin.successes - bin.n * bin.predicted) / n,
    0,
  );
}
