/**
 * Mean effective robustness of several networks with an interval that holds
 * every error we can estimate, and each error apart.
 *
 * @module
 */
import { z } from "zod";
import {
  averageColumns,
  type AveragedColumns,
  effectiveRobustness,
} from "./effective_robustness.ts";
import { combineErrors, mean, standardDeviation } from "./mean.ts";
import type { Point } from "./point.ts";
import { criticalValue } from "./quantile.ts";
import type { Line } from "./regression.ts";
import { scales, toScale } from "./scale.ts";

/** One source of error of a mean; fractions of accuracy. */
export interface ErrorComponent {
  /** Standard error of the mean from this source alone. */
  readonly standardError: number;
  /** Degrees of freedom of that standard error; null if it is taken as known. */
  readonly degreesOfFreedom: number | null;
  /** Half-width of the interval if this were the only source. */
  readonly halfWidth: number;
}

/** Mean effective robustness with its interval; fractions of accuracy. */
export interface MeanEffectiveRobustness {
  /** Number of networks. */
  readonly n: number;
  /** Confidence level of every interval here. */
  readonly level: number;
  /** Mean over the networks. */
  readonly mean: number;
  /** Lower end of the combined interval. */
  readonly low: number;
  /** Upper end of the combined interval. */
  readonly high: number;
  /** Welch–Satterthwaite degrees of freedom; null if every source is known. */
  readonly degreesOfFreedom: number | null;
  /** The sources of error; null where the points cannot tell. */
  readonly components: {
    /** Spread between the networks (Student t); null for one network. */
    readonly betweenModels: ErrorComponent | null;
    /** Binomial noise of the test images; null if a size is missing. */
    readonly testSet: ErrorComponent | null;
    /** Uncertainty of the baselines' line. */
    readonly line: ErrorComponent;
  };
  /** The interval as the paper prints it, with the textbook's standard error. */
  readonly averagedColumns: AveragedColumns;
}

const componentSchema = z.strictObject({
  standardError: z.number().nonnegative(),
  degreesOfFreedom: z.number().positive().nullable(),
  halfWidth: z.number().nonnegative(),
});

/** Schema of {@linkcode MeanEffectiveRobustness}. */
export const meanEffectiveRobustnessSchema: z.ZodType<MeanEffectiveRobustness> =
  z.strictObject({
    n: z.int().positive(),
    level: z.number(),
    mean: z.number(),
    low: z.number(),
    high: z.number(),
    degreesOfFreedom: z.number().nullable(),
    components: z.strictObject({
      betweenModels: componentSchema.nullable(),
      testSet: componentSchema.nullable(),
      line: componentSchema,
    }),
    averagedColumns: z.strictObject({
      n: z.int(),
      mean: z.number(),
      low: z.number(),
      high: z.number(),
      halfWidth: z.number(),
      max: z.number(),
      maxModel: z.string(),
    }),
  });

/** How to average. */
export interface MeanEffectiveRobustnessOptions {
  /** The baselines' line. */
  readonly line: Line;
  /** Confidence level; 0.95 by default. */
  readonly level?: number | undefined;
  /**
   * Whether the networks were tested on the same images, so that the noise of
   * the test set does not average out (the default), or on images of their own.
   */
  readonly testSets?: "shared" | "separate" | undefined;
}

/**
 * Mean effective robustness of networks, with the interval of three errors
 * added in squares: spread between networks, binomial noise of the test images,
 * uncertainty of the line. Errs on the wide side: reference and shifted noise
 * are taken as independent though the images may be the same, and the spread
 * between networks already holds part of the image noise. The line's errors in
 * slope and intercept are propagated exactly to first order.
 *
 * @throws {RangeError} if there is no network or an accuracy cannot be scaled
 */
export function meanEffectiveRobustness(
  points: readonly Point[],
  options: MeanEffectiveRobustnessOptions,
): MeanEffectiveRobustness {
  const { line, level = 0.95, testSets = "shared" } = options;
  const models = points.map((point) =>
    effectiveRobustness(point, { line, level })
  );
  const averagedColumns = averageColumns(models);
  const n = models.length;
  const places = points.map((point) => placeOf(point, line));
  const component = (standardError: number, degreesOfFreedom: number) => ({
    standardError,
    degreesOfFreedom: degreesOfFreedom === Infinity ? null : degreesOfFreedom,
    halfWidth: criticalValue(level, degreesOfFreedom) * standardError,
  });

  const betweenModels = n === 1 ? null : component(
    standardDeviation(models.map(({ er }) => er)) / Math.sqrt(n),
    n - 1,
  );
  const noise = places.map(({ testVariance }) => Math.sqrt(testVariance));
  const testSet = noise.some(Number.isNaN) ? null : component(
    testSets === "shared"
      ? mean(noise)
      : Math.sqrt(mean(noise.map((error) => error ** 2)) / n),
    Infinity,
  );
  // An error δb + δa·(x − x̄) of the line moves the mean by the mean of the
  // slopes of the inverse scale times it; δb and δa are uncorrelated.
  const lift = mean(places.map(({ slope }) => slope));
  const tilt = mean(places.map(({ slope, x }) => slope * (x - line.xMean)));
  const lineError = component(
    line.s * Math.sqrt(lift ** 2 / line.n + tilt ** 2 / line.sxx),
    line.n - 2,
  );

  const present = [betweenModels, testSet, lineError].filter((part) =>
    part !== null
  );
  const { halfWidth, degreesOfFreedom } = combineErrors(
    present.map((part) => ({
      standardError: part.standardError,
      degreesOfFreedom: part.degreesOfFreedom ?? Infinity,
    })),
    { level },
  );
  return {
    n,
    level,
    mean: averagedColumns.mean,
    low: averagedColumns.mean - halfWidth,
    high: averagedColumns.mean + halfWidth,
    degreesOfFreedom: degreesOfFreedom === Infinity ? null : degreesOfFreedom,
    components: { betweenModels, testSet, line: lineError },
    averagedColumns,
  };
}

/** Where a point stands on the line, and the variance that its test images give its ER. */
function placeOf(point: Point, line: Line): {
  readonly x: number;
  readonly slope: number;
  readonly testVariance: number;
} {
  const { reference, shifted } = point;
  const scale = scales[line.scale];
  const { value: x } = toScale(reference, {
    scale: line.scale,
    extremes: line.extremes,
    model: point.model,
    size: point.referenceSize,
  });
  const slope = scale.slope(line.slope * x + line.intercept);
  // Change of the predicted accuracy per change of the reference accuracy.
  const gain = slope * line.slope / scale.slope(x);
  const variance = (accuracy: number, size = NaN) =>
    accuracy * (1 - accuracy) / size;
  return {
    x,
    slope,
    testVariance: variance(shifted, point.shiftedSize) +
      gain ** 2 * variance(reference, point.referenceSize),
  };
}
