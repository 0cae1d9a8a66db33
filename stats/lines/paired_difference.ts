/**
 * Effective robustness of the same networks under two shifts, or of two versions
 * of each under one, compared network by network.
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
    /** Noise of both test sets; null if a size is missing. */
    readonly testSets: ErrorComponent | null;
    /** Uncertainty of the line of the first. */
    readonly firstLine: ErrorComponent;
    /** Uncertainty of the line of the second; null where the first is that of both lines, so that most of it cancels: of one line, or of two through the same runs. */
    readonly secondLine: ErrorComponent | null;
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
      secondLine: errorComponentSchema.nullable(),
    }),
  });

/** Networks under one shift, with the line of that shift's baselines. */
export interface ShiftedNetworks {
  /** The baselines' line. */
  readonly line: Line;
  /** One point a network. */
  readonly points: readonly Point[];
  /**
   * The points of the line by run; a finished network is a run of one. With
   * those of both lines the run is the unit, and the interval that of
   * `meanEffectiveRobustness()` with runs. Without them the points of the line
   * are taken as independent.
   */
  readonly runs?: readonly (readonly Point[])[] | undefined;
}

/** Networks over the line of those that they are compared with. */
export type NetworksOverSameLine = Pick<ShiftedNetworks, "points">;

/** How to compare. */
export interface PairedDifferenceOptions {
  /** Confidence level; 0.95 by default. */
  readonly level?: number | undefined;
  /**
   * Standard error from the test images beyond what the spreads hold, see
   * `imageError()`; by default the binomial noise of the two test sets, taken
   * as independent, which is wide where the same images lie behind both.
   */
  readonly imageError?: number | undefined;
  /** Whether the i-th runs of both lines are one, as in two parts of a test set; no by default. */
  readonly sharedRuns?: boolean | undefined;
}

/**
 * Mean of the first effective robustness minus the second over pairs of
 * networks: the i-th points of both sides share what came before the shift,
 * such as a pre-training run, so that what a good or bad one adds to both
 * cancels. Where the second side has no line, the first one's is that of both,
 * and its error that of the difference; so is that of two lines with
 * `sharedRuns`. Otherwise their errors are taken as independent, which is wide
 * or narrow, nobody knows, where the same baselines lie behind both.
 *
 * @throws {RangeError} if there is no pair, if one side has more networks, if
 * an accuracy cannot be scaled, or if runs are not those of their line or are
 * just one, or with `sharedRuns` not as many and as long on both lines
 */
export function pairedDifference(
  [first, second]: readonly [
    ShiftedNetworks,
    ShiftedNetworks | NetworksOverSameLine,
  ],
  { level = 0.95, ...errors }: PairedDifferenceOptions = {},
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
  const over = (line: Line) => (point: Point) =>
    effectiveRobustness(point, { line, level }).er;
  const seconds = second.points.map(
    over("line" in second ? second.line : first.line),
  );
  const differences = first.points.map(over(first.line)).map((er, i) =>
    er - (seconds[i] ?? NaN)
  );
  const terms = [
    { sign: 1, networks: first.points },
    { sign: -1, networks: second.points },
  ] as const;
  const { networks, images, lines, halfWidth } = estimateErrors(
    "line" in second
      ? [{ ...first, terms: [terms[0]] }, { ...second, terms: [terms[1]] }]
      : [{ ...first, terms }],
    { ...errors, groups: [differences], level },
  );
  const difference = mean(differences);
  return {
    n,
    level,
    differences,
    difference,
    low: difference - halfWidth,
    high: difference + halfWidth,
    components: {
      betweenPairs: networks,
      testSets: images,
      firstLine: lines[0],
      secondLine: lines[1] ?? null,
    },
  };
}
