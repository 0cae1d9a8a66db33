/**
 * The line of each run's own baselines: whether the pooled line hides runs
 * that disagree.
 *
 * @module
 */
import { z } from "zod";
import type { Point } from "./point.ts";
import { areAlike, fitLine, type FitLineOptions } from "./regression.ts";
import { toScale } from "./scale.ts";

/** The line through the baselines of one run. */
export interface RunFit {
  /** Name of the run. */
  readonly name: string;
  /** Number of its baselines. */
  readonly n: number;
  /** Slope in scaled units; null where its points define no line. */
  readonly slope: number | null;
  /** Intercept in scaled units; null where its points define no line. */
  readonly intercept: number | null;
  /** Share of the variance explained; null where its points define no line. */
  readonly r2: number | null;
}

/** Schema of {@linkcode RunFit}. */
export const runFitSchema: z.ZodType<RunFit> = z.strictObject({
  name: z.string(),
  n: z.int().positive(),
  slope: z.number().nullable(),
  intercept: z.number().nullable(),
  r2: z.number().nullable(),
});

/**
 * Fits each run by itself. A run of fewer than three points, or of one
 * reference accuracy, has no line of its own. A run without points is left out.
 *
 * @param runs points by run
 */
export function fitRuns(
  runs: readonly (readonly Point[])[],
  options: FitLineOptions = {},
): readonly RunFit[] {
  return runs.flatMap((points): readonly RunFit[] => {
    const [first] = points;
    if (first === undefined) return [];
    const shared = { name: nameOf(first), n: points.length };
    if (points.length < 3 || isOfOneReference(points, options)) {
      return [{ ...shared, slope: null, intercept: null, r2: null }];
    }
    const { slope, intercept, r2 } = fitLine(points, options);
    return [{ ...shared, slope, intercept, r2 }];
  });
}

/** Whether the reference accuracies are alike as far as rounding goes, so that `fitLine` refuses them. */
function isOfOneReference(
  points: readonly Point[],
  { scale = "probit", extremes = { kind: "error" } }: FitLineOptions,
): boolean {
  return areAlike(points.map((
    { model, reference, referenceSize: size },
  ) => toScale(reference, { scale, extremes, model, size }).value));
}

/** Name of a point's run. */
function nameOf({ model, seed }: Point): string {
  return seed === undefined ? model : `${model}, seed ${seed}`;
}
