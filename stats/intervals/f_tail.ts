/**
 * The upper tail of an F distribution, for tests that compare two variances.
 *
 * @module
 */

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
  const [a, b] = [second / 2, first / 2];
  const x = second / (second + first * f);
  // On its side of the mean the series is short, and what is small is not a difference.
  return x > a / (a + b)
    ? 1 - incompleteBeta(1 - x, [b, a])
    : incompleteBeta(x, [a, b]);
}

/**
 * I_x(a, b) for halves of whole numbers and x < 1: a series of positive terms
 * (Abramowitz and Stegun 1964, 26.5.4).
 */
function incompleteBeta(
  x: number,
  [a, b]: readonly [number, number],
): number {
  let term = x ** a * (1 - x) ** b / (a * beta(a, b));
  let sum = term;
  for (let n = 0; term > 1e-17 * sum; n++) {
    term *= (a + b + n) / (a + 1 + n) * x;
    sum += term;
  }
  return sum;
}

/** B(a, b) for halves of whole numbers, by B(a + 1, b) = B(a, b) · a / (a + b). */
function beta(a: number, b: number): number {
  if (a > 1) return beta(a - 1, b) * (a - 1) / (a - 1 + b);
  if (b > 1) return beta(b, a);
  return a === b ? (a === 1 ? 1 : Math.PI) : 2;
}
