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
import {
  combinedHalfWidth,
  type ErrorComponent,
  errorComponent,
  errorComponentSchema,
} from "../intervals/error_component.ts";
import { leveragedError, lineLeverage, testSetError } from "./line_leverage.ts";
import { combineErrors, standardDeviation } from "../intervals/mean.ts";
import type { Point } from "./point.ts";
import type { Line } from "./regression.ts";

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
  /**
   * Degrees of freedom of the summed standard errors by Welch and
   * Satterthwaite, for those who would rather take their interval; null if
   * every source is known.
   */
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
      betweenModels: errorComponentSchema.nullable(),
      testSet: errorComponentSchema.nullable(),
      line: errorComponentSchema,
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
 * Mean effective robustness of networks, with the interval of three errors:
 * spread between networks, binomial noise of the test images, uncertainty of
 * the line; their half-widths are added in squares. Errs on the wide side:
 * reference and shifted noise are taken as independent though the images may be
 * the same, and the spread between networks already holds part of the image
 * noise. The line's errors in slope and intercept are propagated exactly to
 * first order.
 *
 * @throws {RangeError} if there is no network or an accuracy cannot be scaled
 */
export function meanEffectiveRobustness(
  points: readonly Point[],
  options: MeanEffectiveRobustnessOptions,
): MeanEffectiveRobustness {
  const { line, level = 0.95, testSets = "shared" } = options;
  // A network's own interval is averaged and left behind: there may be many.
  const ers: number[] = [];
  const averagedColumns = averageColumns(function* () {
    for (const point of points) {
      const model = effectiveRobustness(point, { line, level });
      ers.push(model.er);
      yield model;
    }
  }());
  const n = points.length;
  const component = (standardError: number, degreesOfFreedom: number) =>
    errorComponent({ standardError, degreesOfFreedom }, { level });

  const betweenModels = n === 1 ? null : component(
    standardDeviation(ers) / Math.sqrt(n),
    n - 1,
  );
  const noise = testSetError(points, { line, testSets });
  const testSet = noise === null ? null : component(noise, Infinity);
  const lineError = component(
    leveragedError(lineLeverage(points, line), line),
    line.n - 2,
  );
  const components = { betweenModels, testSet, line: lineError };
  const present = Object.values(components).filter((part) => part !== null);
  const { degreesOfFreedom } = combineErrors(
    present.map((part) => ({
      standardError: part.standardError,
      degreesOfFreedom: part.degreesOfFreedom ?? Infinity,
    })),
    { level },
  );
  const halfWidth = combinedHalfWidth(present);
  return {
    n,
    level,
    mean: averagedColumns.mean,
    low: averagedColumns.mean - halfWidth,
    high: averagedColumns.mean + halfWidth,
    degreesOfFreedom: degreesOfFreedom === Infinity ? null : degreesOfFreedom,
    components,
    averagedColumns,
  };
}
