/**
 * The normal distribution, Student's t, and special functions that tests of
 * hypotheses take: by Cephes, which is loaded when the first number is asked
 * for, as whoever only looks at a pipeline needs none.
 *
 * @module
 */
import { requireLater } from "../../engine/define/later.ts";

/** The functions of Cephes that are used here, in its words. */
interface Cephes {
  ndtr(x: number): number;
  ndtri(probability: number): number;
  incbet(a: number, b: number, x: number): number;
  incbi(a: number, b: number, probability: number): number;
  lgam(x: number): number;
}

const load = requireLater<Cephes>(import.meta.resolve("cephes"));
let loaded: Cephes | undefined;
const cephes = () => loaded ??= load();

/** The regularised incomplete beta function I_x(a, b), for positive a and b. */
export function incompleteBeta(x: number, a: number, b: number): number {
  return cephes().incbet(a, b, x);
}

/** The natural logarithm of the gamma function of a positive number. */
export function logGamma(x: number): number {
  return cephes().lgam(x);
}

/** Cumulative distribution function of the standard normal distribution; 0 below −27.6, where it is less than 10⁻¹⁶⁷. */
export function normalCdf(x: number): number {
  return cephes().ndtr(Math.min(Math.max(x, -40), 40));
}

/** The inverse of {@linkcode normalCdf}; NaN for what is no probability. */
export function normalQuantile(probability: number): number {
  if (probability === 0 || probability === 1) {
    return probability === 0 ? -Infinity : Infinity;
  }
  return probability > 0 && probability < 1 ? cephes().ndtri(probability) : NaN;
}

/** From so many degrees of freedom on the expansion is exact to twelve digits, and the inverse of I_x less and less. */
const MANY = 1000;

/** Below this x, which is a quantile above 10¹⁴⁷, Cephes reports an underflow. */
const LEAST = 1e-298;

/**
 * Quantile of Student's t distribution of any positive degrees of freedom ν, at
 * probabilities above a half: ν / (ν + t²) is the quantile of a beta
 * distribution. For large ν by the expansion in 1 / ν about the normal quantile,
 * Abramowitz and Stegun (1964), 26.7.5.
 */
export function studentQuantile(
  probability: number,
  degreesOfFreedom: number,
): number {
  if (degreesOfFreedom > MANY) {
    return expanded(normalQuantile(probability), degreesOfFreedom);
  }
  const [half, tails] = [degreesOfFreedom / 2, 2 * (1 - probability)];
  // For the few degrees with which x is so small, I_x(ν/2, 1/2) is about x^(ν/2).
  if (tails <= LEAST ** half) return Infinity;
  const x = cephes().incbi(half, 0.5, tails);
  return Math.sqrt(degreesOfFreedom * (1 - x) / x);
}

function expanded(z: number, degreesOfFreedom: number): number {
  const square = z ** 2;
  return [
    (((79 * square + 776) * square + 1482) * square - 1920) * square - 945,
    ((3 * square + 19) * square + 17) * square - 15,
    (5 * square + 16) * square + 3,
    square + 1,
    1,
  ].reduce(
    (sum, term, i) =>
      sum / degreesOfFreedom + z * term / (DIVISORS[i] as number),
    0,
  );
}

/** Of the terms, the highest power of 1 / ν first. */
const DIVISORS = [92160, 384, 96, 4, 1];
