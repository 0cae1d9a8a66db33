import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  meanEffectiveRobustness,
  meanEffectiveRobustnessSchema,
} from "../../stats/lines/mean_effective_robustness.ts";
import { mean as average } from "../../stats/intervals/mean.ts";
import { type Point, pointSchema } from "../../stats/lines/point.ts";
import {
  rangeOverlap,
  rangeOverlapSchema,
} from "../../stats/lines/range_overlap.ts";
import type { Line } from "../../stats/lines/regression.ts";

/** Networks of one kind, and the baselines' line. */
export interface MeasureRobustnessArgs {
  readonly line: Line;
  /** Points by network. */
  readonly points: readonly (readonly Point[])[];
  /** Confidence level of the intervals. */
  readonly level: number;
}

/** Mean effective robustness of some networks, with its interval. */
export const measureRobustness = defineTask({
  module: import.meta.url,
  name: "measureRobustness",
  result: {
    points: json(z.array(pointSchema).readonly()),
    mean: json(meanEffectiveRobustnessSchema),
    /** Mean reference accuracy of the networks. */
    reference: json(z.number()),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** How far the networks lie outside the baselines' range. */
    overlap: json(rangeOverlapSchema),
  },
  run({ line, points, level }: MeasureRobustnessArgs) {
    const all = points.flat();
    const mean = meanEffectiveRobustness(all, { line, level });
    return {
      points: all,
      mean,
      reference: average(all.map(({ reference }) => reference)),
      value: mean.mean,
      low: mean.low,
      high: mean.high,
      overlap: rangeOverlap(all, line),
    };
  },
});
