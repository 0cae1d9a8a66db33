/**
 * Means with intervals, and how independent sources of error combine.
 *
 * @module
 */
import { normalQuantile } from "./distributions.ts";
import { wilson } from "./proportion.ts";
import { criticalValue } from "./quantile.ts";
import { sum } from "./sum.ts";

/** A mean with its interval, in the units of the values. */
export interface MeanWithInterval {
  /** Number of values. */
  readonly n: number;
  /** Arithmetic mean. */
  readonly mean: number;
  /** Standard deviation with divisor n − 1. */
  readonly sd: number;
  /** Lower end of the interval. */
  readonly low: number;
  /** Upper end of the interval. */
  readonly high: number;
}

/**
 * Arithmetic mean.
 *
 * @throws {RangeError} for no value
 */
export function mean(values: readonly number[]): number {
  if (values.length === 0) {
    throw new RangeError("Cannot take the mean of 0 values");
  }
  return sum(values) / values.length;
}

/**
 * Standard deviation with divisor n − 1.
 *
 * @throws {RangeError} for fewer than two values
 */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) {
    throw new RangeError(
      `Cannot take the standard deviation of ${values.length} values: at least 2 are needed`,
    );
  }
  const middle = mean(values);
  const squares = values.map((value) => (value - middle) ** 2);
  return Math.sqrt(mean(squares) * values.length / (values.length - 1));
}

/**
 * Mean with the Student t interval of independent draws.
 *
 * @throws {RangeError} for fewer than two values
 */
export function meanWithInterval(
  values: readonly number[],
  { level = 0.95 }: { readonly level?: number | undefined } = {},
): MeanWithInterval {
  const n = values.length;
  const sd = standardDeviation(values);
  const halfWidth = criticalValue(level, n - 1) * sd / Math.sqrt(n);
  const middle = mean(values);
  return {
    n,
    mean: middle,
    sd,
    low: middle - halfWidth,
    high: middle + halfWidth,
  };
}

/** One source of error of an estimate. */
export interface ErrorSource {
  /** Standard error that the source alone would give, in units of the estimate. */
  readonly standardError: number;
  /** Degrees of freedom behind that standard error; `Infinity` if it is known. */
  readonly degreesOfFreedom: number;
}

/** Independent sources of error taken together. */
export interface CombinedError {
  /** Root of the summed squares. */
  readonly standardError: number;
  /** By Welch and Satterthwaite; `Infinity` if every source is known. */
  readonly degreesOfFreedom: number;
  /** Half-width of the interval of the given level. */
  readonly halfWidth: number;
}

/** How to add errors. */
export interface CombineErrorsOptions {
  /** Confidence level; 0.95 by default. */
  readonly level?: number | undefined;
  /**
   * Whether the degrees of freedom are those of variances at the upper ends of
   * their one-sided 75% intervals, so that a source of few degrees that happens
   * to come out small still counts as one of few degrees; no by default.
   */
  readonly guarded?: boolean | undefined;
}

/**
 * Adds independent errors in squares and takes a Student t interval with the
 * degrees of freedom of Welch (1947) and Satterthwaite (1946).
 */
export function combineErrors(
  sources: readonly ErrorSource[],
  { level = 0.95, guarded = false }: CombineErrorsOptions = {},
): CombinedError {
  const variances = sources.map(({ standardError }) => standardError ** 2);
  const weighed = guarded ? sources.map(upperVariance) : variances;
  const spread = sum(
    sources.map(({ degreesOfFreedom }, i) =>
      (weighed[i] ?? NaN) ** 2 / degreesOfFreedom
    ),
  );
  const degreesOfFreedom = spread === 0 ? Infinity : sum(weighed) ** 2 / spread;
  const standardError = Math.sqrt(sum(variances));
  return {
    standardError,
    degreesOfFreedom,
    halfWidth: criticalValue(level, degreesOfFreedom) * standardError,
  };
}

/**
 * Upper end of the one-sided 75% interval of a variance: ν·s² over the lower
 * quartile of χ² with ν degrees of freedom, by Wilson and Hilferty (1931),
 * which is within 5% for one degree and within 2% for two or more.
 */
function upperVariance(
  { standardError, degreesOfFreedom }: ErrorSource,
): number {
  const small = 2 / (9 * degreesOfFreedom);
  const root = 1 - small + normalQuantile(0.25) * Math.sqrt(small);
  return standardError ** 2 / root ** 3;
}

/**
 * Mean accuracy of networks tested on the same n images. The interval combines
 * their spread (Student t) with the sampling of the images, which all share. That
 * of one network alone is Wilson's, as where all get everything right, or nothing,
 * so that neither shows.
 *
 * @param accuracies fractions, one a network
 * @throws {RangeError} for one network without a size: nothing tells its error
 */
export function meanAccuracy(
  accuracies: readonly number[],
  { size, level = 0.95 }: {
    readonly size?: number | undefined;
    readonly level?: number | undefined;
  },
): { readonly mean: number; readonly low: number; readonly high: number } {
  const n = accuracies.length;
  const middle = mean(accuracies);
  if (size !== undefined && (n === 1 || middle === 0 || middle === 1)) {
    const count = { successes: middle * size, n: size };
    return { mean: middle, ...wilson(count, { level }) };
  }
  const sources: ErrorSource[] = [];
  if (n > 1) {
    sources.push({
      standardError: standardDeviation(accuracies) / Math.sqrt(n),
      degreesOfFreedom: n - 1,
    });
  }
  if (size !== undefined) {
    sources.push({
      standardError: Math.sqrt(middle * (1 - middle) / size),
      degreesOfFreedom: Infinity,
    });
  }
  if (sources.length === 0) {
    throw new RangeError(
      "Cannot take an interval of the accuracy of 1 network: its number of test images is unknown",
    );
  }
  const { halfWidth } = combineErrors(sources, { level });
  return {
    mean: middle,
    low: Math.max(0, middle - halfWidth),
    high: Math.min(1, middle + halfWidth),
  };
}
