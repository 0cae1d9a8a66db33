import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { fitRuns, runFitSchema } from "../../stats/lines/fit_runs.ts";
import { type Point, pointSchema } from "../../stats/lines/point.ts";
import {
  fitLine as leastSquares,
  lineSchema,
} from "../../stats/lines/regression.ts";
import type { ExtremeRule, ScaleName } from "../../stats/lines/scale.ts";

/** The baselines, and how to fit. */
export interface FitLineArgs {
  /** Points by run; all runs are fitted together. */
  readonly points: readonly (readonly Point[])[];
  readonly scale: ScaleName;
  /** What to do with accuracies of 0 and 1. */
  readonly extremes: ExtremeRule;
}

/** The line through the baselines, by least squares in scaled units. */
export const fitLine = defineTask({
  module: import.meta.url,
  name: "fitLine",
  result: {
    line: json(lineSchema),
    points: json(z.array(pointSchema).readonly()),
    slope: json(z.number()),
    r2: json(z.number()),
    n: json(z.int()),
    /** The fit of each run by itself, to be read beside the pooled one. */
    runs: json(z.array(runFitSchema).readonly()),
  },
  run({ points, scale, extremes }: FitLineArgs) {
    const all = points.flat();
    const line = leastSquares(all, { scale, extremes });
    return {
      line,
      points: all,
      slope: line.slope,
      r2: line.r2,
      n: line.n,
      runs: fitRuns(points, { scale, extremes }),
    };
  },
});
