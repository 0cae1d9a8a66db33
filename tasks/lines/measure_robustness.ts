import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  errorSharesSchema,
  sharesOverLine,
} from "../../stats/lines/error_share.ts";
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
import { type Judged, judgedErrors } from "./judged.ts";

/** Networks of one kind, and the baselines' line. */
export interface MeasureRobustnessArgs {
  readonly line: Line;
  /** Points by network. */
  readonly points: readonly (readonly Point[])[];
  /** Confidence level of the intervals. */
  readonly level: number;
  /**
   * The evaluations of the networks and of the baselines, with which the run is
   * the unit of the line, and images count by what they do to both. Without
   * them the points of the line are taken as independent.
   */
  readonly judged?: Judged | undefined;
  /** What the networks are, in the plural, where they are not pre-trained. */
  readonly named?: string | undefined;
}

/** Mean effective robustness of some networks, with its interval. */
export const measureRobustness = defineTask({
  module: import.meta.url,
  name: "measureRobustness",
  result: {
    points: json(z.array(pointSchema).readonly()),
    mean: json(meanEffectiveRobustnessSchema),
    /** Mean accuracies of the networks. */
    reference: json(z.number()),
    shifted: json(z.number()),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** How far the networks lie outside the baselines' range. */
    overlap: json(rangeOverlapSchema),
    /** Their mean distance from it, those within as 0, and the greatest. */
    meanDistance: json(z.number()),
    maxDistance: json(z.number()),
    /** How well the line explains its baselines. */
    r2: json(z.number()),
    /** What more of would make the interval narrower; empty without evaluations. */
    shares: json(errorSharesSchema),
  },
  run({ line, points, level, judged, named }: MeasureRobustnessArgs) {
    const all = points.flat();
    const known = judged && judgedErrors([{
      ...judged,
      line,
      terms: [{ sign: 1, points: all, networks: judged.networks }],
    }]);
    const mean = meanEffectiveRobustness(all, {
      line,
      level,
      runs: known?.runs?.[0],
      imageError: known?.imageError,
    });
    const overlap = rangeOverlap(all, line);
    return {
      points: all,
      mean,
      reference: average(all.map(({ reference }) => reference)),
      shifted: average(all.map(({ shifted }) => shifted)),
      value: mean.mean,
      low: mean.low,
      high: mean.high,
      overlap,
      meanDistance: overlap.meanDistance,
      maxDistance: overlap.maxDistance,
      r2: line.r2,
      shares: known === undefined ? [] : sharesOverLine(mean.components, {
        networks: {
          n: all.length,
          ...named === undefined ? {} : { name: named },
        },
        runs: { n: known.n.runs },
        images: { n: known.n.images },
      }),
    };
  },
});
