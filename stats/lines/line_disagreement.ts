/**
 * Two lines for one shift, fitted to different baselines: what each predicts,
 * and whether they disagree where it matters.
 *
 * @module
 */
import { z } from "zod";
import {
  combinedHalfWidth,
  type ErrorComponent,
  errorComponent,
  errorComponentSchema,
} from "../intervals/error_component.ts";
import { lineError } from "./line_error.ts";
import { combineErrors, mean } from "../intervals/mean.ts";
import type { Point } from "./point.ts";
import { type Line, predict } from "./regression.ts";
import { toScale } from "./scale.ts";
import { largest, smallest } from "../intervals/extremes.ts";

/** What two lines predict for the same networks; fractions of accuracy. */
export interface PredictedDifference {
  /** Reference accuracy, of several networks the mean. */
  readonly reference: number;
  /** Shifted accuracies that the two lines predict, of several networks the means. */
  readonly predicted: readonly [number, number];
  /**
   * First prediction minus second: what effective robustness is more on the
   * second line than on the first.
   */
  readonly difference: number;
  /** Lower end of the interval of the difference. */
  readonly low: number;
  /** Upper end of the interval of the difference. */
  readonly high: number;
  /** Uncertainty of the two lines, taken as independent. */
  readonly components: {
    readonly first: ErrorComponent;
    readonly second: ErrorComponent;
  };
}

/** Two lines compared over the range of some networks. */
export interface LineDisagreement {
  /** Confidence level of every interval here. */
  readonly level: number;
  /** Number of networks. */
  readonly n: number;
  /** Mean over the networks. */
  readonly mean: PredictedDifference;
  /** At evenly spaced reference accuracies from the lowest to the highest of the networks. */
  readonly range: readonly PredictedDifference[];
  /** Where in that range the interval of the difference excludes zero. */
  readonly disagree: "nowhere" | "somewhere" | "everywhere";
}

const predictedDifferenceSchema = z.strictObject({
  reference: z.number(),
  predicted: z.tuple([z.number(), z.number()]).readonly(),
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  components: z.strictObject({
    first: errorComponentSchema,
    second: errorComponentSchema,
  }),
});

/** Schema of {@linkcode LineDisagreement}. */
export const lineDisagreementSchema: z.ZodType<LineDisagreement> = z
  .strictObject({
    level: z.number(),
    n: z.int().positive(),
    mean: predictedDifferenceSchema,
    range: z.array(predictedDifferenceSchema).readonly(),
    disagree: z.enum(["nowhere", "somewhere", "everywhere"]),
  });

/** How to compare two lines. */
export interface LineDisagreementOptions {
  /** Networks whose reference accuracies say where the lines matter. */
  readonly points: readonly Point[];
  /** Confidence level; 0.95 by default. */
  readonly level?: number | undefined;
  /**
   * The points of both lines by run; a finished network is a run of one. With
   * them the run is the unit, and the intervals are guarded
   * (`combineErrors()`). Without them the points of a line are taken as
   * independent.
   */
  readonly runs?:
    | readonly [
      readonly (readonly Point[])[],
      readonly (readonly Point[])[],
    ]
    | undefined;
  /** Number of reference accuracies in the range; 9 by default. */
  readonly steps?: number | undefined;
}

/**
 * What two lines predict at the reference accuracies of some networks. The
 * intervals are pointwise and hold the uncertainty of the two lines alone;
 * the test images, which both lines share, are left out.
 *
 * @throws {RangeError} if there is no network, if the range has fewer than two
 * steps, if a reference accuracy cannot be scaled, or if runs are not those of
 * their line or are just one
 */
export function lineDisagreement(
  lines: readonly [Line, Line],
  { points, level = 0.95, runs, steps = 9 }: LineDisagreementOptions,
): LineDisagreement {
  if (points.length === 0) {
    throw new RangeError("Cannot compare two lines: there is no network");
  }
  if (!Number.isInteger(steps) || steps < 2) {
    throw new RangeError(
      `Cannot compare two lines in ${steps} steps: at least 2 are needed`,
    );
  }
  const references = points.map(({ reference }) => reference);
  const [lowest, highest] = [smallest(references), largest(references)];
  const range = Array.from({ length: steps }, (_, i) => {
    const reference = lowest + (highest - lowest) * i / (steps - 1);
    const point = { model: "range", reference, shifted: reference };
    const referenceSize = points[0]?.referenceSize;
    return differenceAt([{ ...point, referenceSize }], { lines, level, runs });
  });
  const apart = range.filter(({ low, high }) => low > 0 || high < 0).length;
  return {
    level,
    n: points.length,
    mean: differenceAt(points, { lines, level, runs }),
    range,
    disagree: apart === 0
      ? "nowhere"
      : apart === steps
      ? "everywhere"
      : "somewhere",
  };
}

function differenceAt(
  points: readonly Point[],
  { lines: [first, second], level, runs }: {
    readonly lines: readonly [Line, Line];
    readonly level: number;
    readonly runs: LineDisagreementOptions["runs"];
  },
): PredictedDifference {
  const predicted = (line: Line) =>
    mean(points.map(({ model, reference, referenceSize }) => {
      const { value } = toScale(reference, {
        scale: line.scale,
        extremes: line.extremes,
        model,
        size: referenceSize,
      });
      return predict(value, { line, level }).predicted;
    }));
  const terms = [{ sign: 1, networks: points }] as const;
  const sources = [
    lineError({ line: first, terms, runs: runs?.[0] }),
    lineError({ line: second, terms, runs: runs?.[1] }),
  ] as const;
  const components = {
    first: errorComponent(sources[0], { level }),
    second: errorComponent(sources[1], { level }),
  };
  const both = [predicted(first), predicted(second)] as const;
  const difference = both[0] - both[1];
  const halfWidth = runs === undefined
    ? combinedHalfWidth(Object.values(components))
    : combineErrors(sources, { level, guarded: true }).halfWidth;
  return {
    reference: mean(points.map(({ reference }) => reference)),
    predicted: both,
    difference,
    low: difference - halfWidth,
    high: difference + halfWidth,
    components,
  };
}
