/**
 * The upper tail of an F distribution, for tests that compare two variances.
 *
 * @module
 */
import { incompleteBeta } from "./distributions.ts";

/**
 * Probability that an F of whole degrees of freedom exceeds `f`: the regularised
 * incomplete beta function I_x(second/2, first/2) at
 * x = second / (second + first · f).
 *
 * @param degreesOfFreedom of the numerator, then of the denominator
 * @throws {RangeError} if f is negative or not a number, or degrees are not
 * whole and positive
 */
export function upperTailOfF(
  f: number,
  [first, second]: readonly [number, number],
): number {
  if (!(f >= 0)) {
    throw new RangeError(
      `Cannot take the tail of an F distribution at ${f}: F is a ratio of variances, 0 or more`,
    );
  }
  for (const degrees of [first, second]) {
    if (!Number.isInteger(degrees) || degrees < 1) {
      throw new RangeError(
        `Cannot take the tail of an F distribution with ${first} and ${second} degrees of freedom: both must be whole and positive`,
      );
    }
  }
  return incompleteBeta(
    second / (second + first * f),
    second / 2,
    first / 2,
  );
}
