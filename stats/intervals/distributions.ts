/**
 * Distributions of @stdlib, loaded when the first number is asked for: they are
 * two hundred modules, and whoever only looks at a pipeline needs none.
 *
 * @module
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** A function of a package, loaded when it is first called. */
function deferred<Arguments extends readonly number[]>(
  url: string,
): (...args: Arguments) => number {
  let loaded: ((...args: Arguments) => number) | undefined;
  return (...args) => (loaded ??= require(fileURLToPath(url)))(...args);
}

/** Cumulative distribution function of a normal distribution. */
export const normalCdf: (
  x: number,
  mean: number,
  deviation: number,
) => number = deferred(
  import.meta.resolve("@stdlib/stats-base-dists-normal-cdf"),
);

/** The inverse of {@linkcode normalCdf}. */
export const normalQuantile: (
  probability: number,
  mean: number,
  deviation: number,
) => number = deferred(
  import.meta.resolve("@stdlib/stats-base-dists-normal-quantile"),
);

/** Quantile of Student's t distribution. */
export const studentQuantile: (
  probability: number,
  degreesOfFreedom: number,
) => number = deferred(
  import.meta.resolve("@stdlib/stats-base-dists-t-quantile"),
);
