/**
 * What the spread between networks adds to the error of an estimate.
 *
 * @module
 */
import { type ErrorSource, standardDeviation } from "../intervals/mean.ts";

/**
 * Errors that the spread of the values gives a sum or difference of the means
 * of independent groups, one a group (Student; Welch 1947): the groups may
 * differ in spread. A group of one value is taken to spread like the first with
 * more; where there is none with more, the spread is unknown and left out.
 */
export function spreadOf(
  groups: readonly (readonly number[])[],
): readonly ErrorSource[] {
  const larger = groups.filter(({ length }) => length > 1);
  if (larger.length === groups.length) {
    return larger.map((values) => ({
      standardError: standardDeviation(values) / Math.sqrt(values.length),
      degreesOfFreedom: values.length - 1,
    }));
  }
  const [like] = larger;
  if (like === undefined) return [];
  const perMean = groups.reduce((sum, { length }) => sum + 1 / length, 0);
  return [{
    standardError: standardDeviation(like) * Math.sqrt(perMean),
    degreesOfFreedom: like.length - 1,
  }];
}
