/**
 * Differences of mean effective robustness, with an interval that holds every
 * error we can estimate, and each error apart.
 *
 * @module
 */
import { z } from "zod";
import { effectiveRobustness } from "./effective_robustness.ts";
import {
  combinedHalfWidth,
  type ErrorComponent,
  errorComponent,
  errorComponentSchema,
} from "../intervals/error_component.ts";
import { leveragedError, lineLeverage, testSetError } from "./line_leverage.ts";
import { combineErrors, mean, standardDeviation } from "../intervals/mean.ts";
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
    /** Binomial noise of the test images; null if a size is missing. */
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
   * Covariance of the two means through their common test images, squared
   * fractions. Without it the noise of the two groups is taken as independent:
   * an upper bound, because what is a hard image for one network tends to be
   * one for another.
   */
  readonly testSetCovariance?: number | undefined;
}

/**
 * Mean effective robustness of the first group minus that of the second, with
 * both on one line. The line's error is that of the difference, so most of it
 * cancels where the two groups have like reference accuracies.
 *
 * @param groups points of the two groups
 * @throws {RangeError} if a group is empty, an accuracy cannot be scaled, or
 * the covariance is more than the two noises allow
 */
export function groupDifference(
  groups: readonly [readonly Point[], readonly Point[]],
  options: GroupDifferenceOptions,
): GroupDifference {
  const { line, level = 0.95, testSetCovariance = 0 } = options;
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

  const noiseOf = (points: readonly Point[]) =>
    testSetError(points, { line, testSets: "shared" });
  const [noiseA, noiseB] = [noiseOf(first), noiseOf(second)];
  const leverage = [
    lineLeverage(first, line),
    lineLeverage(second, line),
  ] as const;
  const components = {
    betweenModels: spreadBetween([a, b], level),
    testSet: noiseA === null || noiseB === null ? null : errorComponent({
      standardError: differenceOfNoise([noiseA, noiseB], testSetCovariance),
      degreesOfFreedom: Infinity,
    }, { level }),
    line: errorComponent({
      standardError: leveragedError({
        lift: leverage[0].lift - leverage[1].lift,
        tilt: leverage[0].tilt - leverage[1].tilt,
      }, line),
      degreesOfFreedom: line.n - 2,
    }, { level }),
  };
  const difference = mean(a) - mean(b);
  const halfWidth = combinedHalfWidth(Object.values(components));
  return {
    n: [a.length, b.length],
    level,
    difference,
    low: difference - halfWidth,
    high: difference + halfWidth,
    components,
  };
}

function spreadBetween(
  groups: readonly [readonly number[], readonly number[]],
  level: number,
): ErrorComponent | null {
  const larger = groups.find(({ length }) => length > 1);
  if (larger === undefined) return null;
  const known = groups.every(({ length }) => length > 1);
  if (known) {
    // Welch (1947): the groups may differ in spread.
    const { standardError, degreesOfFreedom } = combineErrors(
      groups.map((values) => ({
        standardError: standardDeviation(values) / Math.sqrt(values.length),
        degreesOfFreedom: values.length - 1,
      })),
    );
    return errorComponent({
      standardError,
      // Networks that are all alike have no spread and no degrees either.
      degreesOfFreedom: standardError === 0 ? Infinity : degreesOfFreedom,
    }, { level });
  }
  const standardError = standardDeviation(larger) *
    Math.sqrt(1 / groups[0].length + 1 / groups[1].length);
  return errorComponent({
    standardError,
    degreesOfFreedom: larger.length - 1,
  }, { level });
}

function differenceOfNoise(
  [a, b]: readonly [number, number],
  covariance: number,
): number {
  if (!(Math.abs(covariance) <= a * b * (1 + 1e-9))) {
    throw new RangeError(
      `Cannot compare two groups with a test-set covariance of ${covariance}: it is at most ${
        a * b
      }, the product of their standard errors`,
    );
  }
  return Math.sqrt(Math.max(0, a ** 2 + b ** 2 - 2 * covariance));
}
