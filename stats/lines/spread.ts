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
  return spreadFrom(groups.map((values) => ({
    n: values.length,
    variance: values.length > 1 ? standardDeviation(values) ** 2 : NaN,
  })));
}

/** The same from the number of values of each group and their variance, with divisor n − 1. */
export function spreadFrom(
  groups: readonly { readonly n: number; readonly variance: number }[],
): readonly ErrorSource[] {
  const larger = groups.filter(({ n }) => n > 1);
  if (larger.length === groups.length) {
    return larger.map(({ n, variance }) => ({
      standardError: Math.sqrt(variance / n),
      degreesOfFreedom: n - 1,
    }));
  }
  const [like] = larger;
  if (like === undefined) return [];
  const perMean = groups.reduce((sum, { n }) => sum + 1 / n, 0);
  return [{
    standardError: Math.sqrt(like.variance * perMean),
    degreesOfFreedom: like.n - 1,
  }];
}
