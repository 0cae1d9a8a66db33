/**
 * Distributions of @stdlib, loaded when the first number is asked for: they are
 * two hundred modules, and whoever only looks at a pipeline needs none.
 *
 * @module
 */
import { requireLater } from "../../engine/define/later.ts";

type Numbers<Arguments extends readonly number[]> = (
  ...args: Arguments
) => number;

/** A function of a package, loaded when it is first called. */
function deferred<Arguments extends readonly number[]>(
  load: () => Numbers<Arguments>,
): Numbers<Arguments> {
  let loaded: Numbers<Arguments> | undefined;
  return (...args) => (loaded ??= load())(...args);
}

/** The regularised incomplete beta function I_x(a, b). */
export const incompleteBeta: (x: number, a: number, b: number) => number =
  deferred(
    requireLater(import.meta.resolve("@stdlib/math-base-special-betainc")),
  );

/** The natural logarithm of the gamma function. */
export const logGamma: (x: number) => number = deferred(
  requireLater(import.meta.resolve("@stdlib/math-base-special-gammaln")),
);

/** Cumulative distribution function of a normal distribution. */
export const normalCdf: (
  x: number,
  mean: number,
  deviation: number,
) => number = deferred(
  requireLater(import.meta.resolve("@stdlib/stats-base-dists-normal-cdf")),
);

/** The inverse of {@linkcode normalCdf}. */
export const normalQuantile: (
  probability: number,
  mean: number,
  deviation: number,
) => number = deferred(
  requireLater(import.meta.resolve("@stdlib/stats-base-dists-normal-quantile")),
);

/** Quantile of Student's t distribution. */
export const studentQuantile: (
  probability: number,
  degreesOfFreedom: number,
) => number = deferred(
  requireLater(import.meta.resolve("@stdlib/stats-base-dists-t-quantile")),
);
