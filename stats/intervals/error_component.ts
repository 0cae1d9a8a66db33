/**
 * One source of error of an estimate, shown apart, and how independent sources
 * make one interval.
 *
 * @module
 */
import { z } from "zod";
import type { ErrorSource } from "./mean.ts";
import { criticalValue } from "./quantile.ts";

/** One source of error of an estimate; fractions of accuracy. */
export interface ErrorComponent {
  /** Standard error of the estimate from this source alone. */
  readonly standardError: number;
  /** Degrees of freedom of that standard error; null if it is taken as known. */
  readonly degreesOfFreedom: number | null;
  /** Half-width of the interval if this were the only source. */
  readonly halfWidth: number;
}

/** Schema of {@linkcode ErrorComponent}. */
export const errorComponentSchema: z.ZodType<ErrorComponent> = z.strictObject({
  standardError: z.number().nonnegative(),
  degreesOfFreedom: z.number().positive().nullable(),
  halfWidth: z.number().nonnegative(),
});

/** A source of error with the half-width of its own Student t interval. */
export function errorComponent(
  { standardError, degreesOfFreedom }: ErrorSource,
  { level }: { readonly level: number },
): ErrorComponent {
  return {
    standardError,
    degreesOfFreedom: degreesOfFreedom === Infinity ? null : degreesOfFreedom,
    halfWidth: criticalValue(level, degreesOfFreedom) * standardError,
  };
}

/**
 * Half-width of the interval of independent sources: the root of the summed
 * squares of their own half-widths, so that what is shown apart adds up. A
 * source that is missing adds nothing.
 *
 * With few networks it covers better than the Student t interval with the
 * degrees of freedom of Welch and Satterthwaite, which trusts a spread that
 * happens to come out small: for 3 networks, a line of 8 points and 10,000
 * test images that one holds the truth in 92 % to 99.9 % of simulated worlds,
 * this one in 95.5 % or more (`tests/stats/data/make_coverage.py`). The rule is
 * Howe's (1974), Journal of the American Statistical Association 69, 789–794.
 */
export function combinedHalfWidth(
  components: readonly (ErrorComponent | null)[],
): number {
  return Math.sqrt(components.reduce(
    (total, component) => total + (component?.halfWidth ?? 0) ** 2,
    0,
  ));
}
