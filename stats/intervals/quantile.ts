/**
 * Two-sided critical values.
 *
 * @module
 */
import { studentQuantile } from "./distributions.ts";

/** The value that was asked for last: of a million models on one line it is the same. */
let last = { level: NaN, degreesOfFreedom: NaN, value: NaN };

/**
 * The number of standard errors on either side of an estimate that hold a
 * share `level` of a Student t distribution.
 *
 * @param level share in (0, 1), e.g. 0.95
 * @param degreesOfFreedom positive; `Infinity` gives the normal distribution
 * @throws {RangeError} if either is outside its range
 */
export function criticalValue(level: number, degreesOfFreedom: number): number {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(
      `Cannot take an interval of level ${level}: levels lie strictly between 0 and 1`,
    );
  }
  if (!(degreesOfFreedom > 0)) {
    throw new RangeError(
      `Cannot take a Student t interval with ${degreesOfFreedom} degrees of freedom: more than 0 are needed`,
    );
  }
  if (level !== last.level || degreesOfFreedom !== last.degreesOfFreedom) {
    const probability = (1 + level) / 2;
    const value = studentQuantile(probability, degreesOfFreedom);
    last = { level, degreesOfFreedom, value };
  }
  return last.value;
}
