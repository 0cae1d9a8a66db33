/**
 * Calibration by a temperature (Guo et al. 2017, arXiv:1706.04599).
 *
 * @module
 */

/** The most that log odds are stretched: beyond it the two kinds are as good as separated. */
export const STEEPEST = 1000;

/**
 * The factor α ≥ 0 by which log odds must be multiplied to fit the outcomes
 * best: the minimum of Σ log(1 + exp(−y α s)), y = ±1; the inverse of what is
 * called temperature. There is no intercept, as in the paper. Where α·s has no
 * minimum because the sign of every score is that of its outcome,
 * {@linkcode STEEPEST} is given; where the scores are no better than chance, 0.
 *
 * @param scores log odds of a positive outcome
 * @param positive the outcomes, in the same order
 * @throws {RangeError} if there is no score, or not one outcome a score
 */
export function inverseTemperature(
  scores: ArrayLike<number>,
  positive: ArrayLike<boolean>,
): number {
  const n = scores.length;
  if (n === 0 || n !== positive.length) {
    throw new RangeError(
      `Cannot calibrate ${n} scores with ${positive.length} outcomes: there must be one of each, and some`,
    );
  }
  /** Derivative of the loss, which rises with α. */
  const slope = (factor: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const s = scores[i] as number;
      const margin = positive[i] ? s : -s;
      sum -= margin / (1 + Math.exp(factor * margin));
    }
    return sum;
  };
  if (slope(0) >= 0) return 0;
  if (slope(STEEPEST) <= 0) return STEEPEST;
  let low = 0;
  let high = STEEPEST;
  while (true) {
    const middle = (low + high) / 2;
    // Neighbouring doubles: as close as a number can be.
    if (middle === low || middle === high) return middle;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
}

/** The probability that some log odds stand for. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
