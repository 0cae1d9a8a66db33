/**
 * Means with intervals, and how independent sources of error combine.
 *
 * @module
 */
import { criticalValue } from "./quantile.ts";

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

/** Arithmetic mean. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) {
    throw new RangeError("Cannot take the mean of 0 values");
  }
  return values.reduce((total, value) => total + value, 0) / values.length;
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

/**
 * Adds independent errors in squares and takes a Student t interval with the
 * degrees of freedom of Welch (1947) and Satterthwaite (1946).
 */
export function combineErrors(
  sources: readonly ErrorSource[],
  { level = 0.95 }: { readonly level?: number | undefined } = {},
): CombinedError {
  const variances = sources.map(({ standardError }) => standardError ** 2);
  const variance = variances.reduce((total, value) => total + value, 0);
  const spread = sources.reduce(
    (total, { standardError, degreesOfFreedom }) =>
      total + standardError ** 4 / degreesOfFreedom,
    0,
  );
  const degreesOfFreedom = spread === 0 ? Infinity : variance ** 2 / spread;
  const standardError = Math.sqrt(variance);
  return {
    standardError,
    degreesOfFreedom,
    halfWidth: criticalValue(level, degreesOfFreedom) * standardError,
  };
}

/**
 * Mean accuracy of networks tested on the same n images. The interval combines
 * their spread (Student t) with the sampling of the images, which all share.
 *
 * @param accuracies fractions, one a network; one alone gets the image part only
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
