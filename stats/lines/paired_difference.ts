/**
 * Effective robustness of the same networks under two shifts, compared network
 * by network.
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
import { mean, standardDeviation } from "../intervals/mean.ts";
import type { Point } from "./point.ts";
import type { Line } from "./regression.ts";

/** Mean difference of effective robustness over pairs; fractions of accuracy. */
export interface PairedDifference {
  /** Number of pairs. */
  readonly n: number;
  /** Confidence level of every interval here. */
  readonly level: number;
  /** First minus second of each pair, in their order. */
  readonly differences: readonly number[];
  /** Mean of the differences. */
  readonly difference: number;
  /** Lower end of the combined interval. */
  readonly low: number;
  /** Upper end of the combined interval. */
  readonly high: number;
  /** The sources of error; null where the points cannot tell. */
  readonly components: {
    /** Spread between the pairs (Student t); null for one pair. */
    readonly betweenPairs: ErrorComponent | null;
    /** Binomial noise of both test sets; null if a size is missing. */
    readonly testSets: ErrorComponent | null;
    /** Uncertainty of the line of the first. */
    readonly firstLine: ErrorComponent;
    /** Uncertainty of the line of the second. */
    readonly secondLine: ErrorComponent;
  };
}

/** Schema of {@linkcode PairedDifference}. */
export const pairedDifferenceSchema: z.ZodType<PairedDifference> = z
  .strictObject({
    n: z.int().positive(),
    level: z.number(),
    differences: z.array(z.number()).readonly(),
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    components: z.strictObject({
      betweenPairs: errorComponentSchema.nullable(),
      testSets: errorComponentSchema.nullable(),
      firstLine: errorComponentSchema,
      secondLine: errorComponentSchema,
    }),
  });

/** Networks under one shift, with the line of that shift's baselines. */
export interface ShiftedNetworks {
  /** The baselines' line. */
  readonly line: Line;
  /** One point a network. */
  readonly points: readonly Point[];
}

/**
 * Mean of the first effective robustness minus the second over pairs of
 * networks: the i-th points of both sides share what came before the shift,
 * such as a pre-training run, so that what a good or bad one adds to both
 * cancels. The two lines' errors and the noise of the two test sets are taken
 * as independent: wide where the same images lie behind both, unknown where
 * the same baselines do.
 *
 * @throws {RangeError} if there is no pair, if one side has more networks, or
 * if an accuracy cannot be scaled
 */
export function pairedDifference(
  [first, second]: readonly [ShiftedNetworks, ShiftedNetworks],
  { level = 0.95 }: { readonly level?: number | undefined } = {},
): PairedDifference {
  const n = first.points.length;
  if (n !== second.points.length) {
    throw new RangeError(
      `Cannot pair ${n} networks with ${second.points.length}: there must be as many on both sides`,
    );
  }
  if (n === 0) {
    throw new RangeError("Cannot pair networks: there is none");
  }
  const robustness = ({ line, points }: ShiftedNetworks) =>
    points.map((point) => effectiveRobustness(point, { line, level }).er);
  const seconds = robustness(second);
  const differences = robustness(first).map((er, i) =>
    er - (seconds[i] ?? NaN)
  );

  const component = (standardError: number, degreesOfFreedom: number) =>
    errorComponent({ standardError, degreesOfFreedom }, { level });
  const noiseOf = ({ line, points }: ShiftedNetworks) =>
    testSetError(points, { line, testSets: "shared" });
  const [noiseA, noiseB] = [noiseOf(first), noiseOf(second)];
  const lineOf = ({ line, points }: ShiftedNetworks) =>
    component(leveragedError(lineLeverage(points, line), line), line.n - 2);
  const components = {
    betweenPairs: n === 1
      ? null
      : component(standardDeviation(differences) / Math.sqrt(n), n - 1),
    testSets: noiseA === null || noiseB === null
      ? null
      : component(Math.hypot(noiseA, noiseB), Infinity),
    firstLine: lineOf(first),
    secondLine: lineOf(second),
  };
  const difference = mean(differences);
  const halfWidth = combinedHalfWidth(Object.values(components));
  return {
    n,
    level,
    differences,
    difference,
    low: difference - halfWidth,
    high: difference + halfWidth,
    components,
  };
}
