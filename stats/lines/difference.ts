/**
 * Differences of mean effective robustness, with an interval that holds every
 * error we can estimate, and each error apart.
 *
 * @module
 */
import { z } from "zod";
import { effectiveRobustness } from "./effective_robustness.ts";
import {
  type ErrorComponent,
  errorComponentSchema,
} from "../intervals/error_component.ts";
import { estimateErrors } from "./estimate_errors.ts";
import { mean } from "../intervals/mean.ts";
import type { Point } from "./point.ts";
import type { Line } from "./regression.ts";

/** Difference of the mean effective robustness of two groups; fractions of accuracy. */
export interface GroupDifference {
  /** Numbers of networks in the two groups. */
  readonly n: readonly [number, number];
  /** Confidence level of every interval here. */
  readonly level: number;
  /** Mean of the first group minus mean of the second. */
  readonly difference: number;
  /** Lower end of the combined interval. */
  readonly low: number;
  /** Upper end of the combined interval. */
  readonly high: number;
  /** The sources of error; null where the points cannot tell. */
  readonly components: {
    /**
     * Spread between the networks, by Welch's t. A group of one network is
     * taken to spread like the other; null if both are.
     */
    readonly betweenModels: ErrorComponent | null;
    /** Noise of the test images; null if a size is missing. */
    readonly testSet: ErrorComponent | null;
    /** Uncertainty of the line where it does not cancel. */
    readonly line: ErrorComponent;
  };
}

/** Schema of {@linkcode GroupDifference}. */
export const groupDifferenceSchema: z.ZodType<GroupDifference> = z
  .strictObject({
    n: z.tuple([z.int().positive(), z.int().positive()]).readonly(),
    level: z.number(),
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    components: z.strictObject({
      betweenModels: errorComponentSchema.nullable(),
      testSet: errorComponentSchema.nullable(),
      line: errorComponentSchema,
    }),
  });

/** Two groups of networks on the same line. */
export interface GroupDifferenceOptions {
  /** The baselines' line. */
  readonly line: Line;
  /** Confidence level; 0.95 by default. */
  readonly level?: number | undefined;
  /**
   * The points of the line by run; a finished network is a run of one. With
   * them the run is the unit of the line, and the interval that of
   * `meanEffectiveRobustness()` with runs. Without them the points of the line
   * are taken as independent.
   */
  readonly runs?: readonly (readonly Point[])[] | undefined;
  /**
   * Standard error from the test images beyond what the spreads hold, see
   * `imageError()`; by default the binomial noise of the two groups, taken as
   * independent: an upper bound, because what is a hard image for one network
   * tends to be one for another.
   */
  readonly imageError?: number | undefined;
}

/**
 * Mean effective robustness of the first group minus that of the second, with
 * both on one line. The line's error is that of the difference, so most of it
 * cancels where the two groups have like reference accuracies.
 *
 * @param groups points of the two groups
 * @throws {RangeError} if a group is empty, an accuracy cannot be scaled, or
 * the runs are not those of the line or are just one
 */
export function groupDifference(
  groups: readonly [readonly Point[], readonly Point[]],
  { line, level = 0.95, runs, imageError }: GroupDifferenceOptions,
): GroupDifference {
  const empty = groups.findIndex(({ length }) => length === 0);
  if (empty >= 0) {
    throw new RangeError(
      `Cannot compare two groups: the ${
        empty === 0 ? "first" : "second"
      } has no network`,
    );
  }
  const [first, second] = groups;
  const robustness = (points: readonly Point[]) =>
    points.map((point) => effectiveRobustness(point, { line, level }).er);
  const [a, b] = [robustness(first), robustness(second)];
  const terms = [
    { sign: 1, networks: first },
    { sign: -1, networks: second },
  ] as const;
  const { networks, images, lines: [ofLine], halfWidth } = estimateErrors(
    [{ line, runs, terms }],
    { groups: [a, b], level, imageError },
  );
  const difference = mean(a) - mean(b);
  return {
    n: [a.length, b.length],
    level,
    difference,
    low: difference - halfWidth,
    high: difference + halfWidth,
    components: { betweenModels: networks, testSet: images, line: ofLine },
  };
}
