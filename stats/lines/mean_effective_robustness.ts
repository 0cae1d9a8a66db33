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
  type ErrorComponent,
  errorComponentSchema,
} from "../intervals/error_component.ts";
import { estimateErrors } from "./estimate_errors.ts";
import { residualError } from "./line_leverage.ts";
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
   * Satterthwaite: those of the combined interval where runs are given, else
   * for those who would rather take their interval; null if every source is
   * known.
   */
  readonly degreesOfFreedom: number | null;
  /** The sources of error; null where the points cannot tell. */
  readonly components: {
    /** Spread between the networks (Student t); null for one network, unless it was taken to spread like baselines. */
    readonly betweenModels: ErrorComponent | null;
    /** Noise of the test images; null if a size is missing. */
    readonly testSet: ErrorComponent | null;
    /** Uncertainty of the baselines' line, with the run as unit where runs are given. */
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
  /**
   * The points of the line by run; a finished network is a run of one. With
   * them the run is the unit of the line, and the interval another, see
   * {@linkcode meanEffectiveRobustness}. Without them the points of the line
   * are taken as independent.
   */
  readonly runs?: readonly (readonly Point[])[] | undefined;
  /**
   * Standard error from the test images beyond what the spreads hold, see
   * `imageError()`; by default the binomial noise of `testSets`, which is an
   * upper bound where baselines and networks share the images.
   */
  readonly imageError?: number | undefined;
  /**
   * Whether one network alone is taken to lie off the line by as much as a
   * baseline does (`residualError()`), so that its interval is that of a
   * prediction: the line's by itself would call two baselines of three better or
   * worse than baselines. No by default.
   */
  readonly oneLikeBaselines?: boolean | undefined;
}

/**
 * Mean effective robustness of networks, with the interval of three errors:
 * spread between networks, noise of the test images, uncertainty of the line.
 * The line's errors in slope and intercept are propagated to first order.
 *
 * With `runs` it is a Student t interval of the root of the summed squares of
 * the standard errors, with guarded degrees of freedom (`combineErrors()`). It
 * holds the truth in 93.7 to 96.9% of simulated worlds with three or more runs of
 * checkpoints, or eight or more finished networks, if `imageError` is given
 * (`tests/stats/data/make_run_coverage.py`); with the binomial noise in more.
 *
 * Without `runs` half-widths are added in squares, which errs on the wide side
 * for independent baselines, and may do on the narrow one for checkpoints.
 *
 * @throws {RangeError} if there is no network, an accuracy cannot be scaled, or
 * the runs are not those of the line or are just one
 */
export function meanEffectiveRobustness(
  points: readonly Point[],
  options: MeanEffectiveRobustnessOptions,
): MeanEffectiveRobustness {
  const { line, level = 0.95, runs, oneLikeBaselines, ...noise } = options;
  // A network's own interval is averaged and left behind: there may be many.
  const ers: number[] = [];
  const averagedColumns = averageColumns(function* () {
    for (const point of points) {
      const model = effectiveRobustness(point, { line, level });
      ers.push(model.er);
      yield model;
    }
  }());
  const [first] = points;
  const spread = oneLikeBaselines && points.length === 1 && first !== undefined
    ? [residualError(first, line)]
    : undefined;
  const errors = estimateErrors(
    [{ line, runs, terms: [{ sign: 1, networks: points }] }],
    { ...noise, groups: [ers], spread, level },
  );
  const { networks, images, lines: [ofLine] } = errors;
  const { halfWidth, degreesOfFreedom } = errors;
  return {
    n: points.length,
    level,
    mean: averagedColumns.mean,
    low: averagedColumns.mean - halfWidth,
    high: averagedColumns.mean + halfWidth,
    degreesOfFreedom: degreesOfFreedom === Infinity ? null : degreesOfFreedom,
    components: { betweenModels: networks, testSet: images, line: ofLine },
    averagedColumns,
  };
}
