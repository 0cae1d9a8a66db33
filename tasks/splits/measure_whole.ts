import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { SplitNetworks } from "../../shifts/measure/place_in_part.ts";
import {
  errorSharesSchema,
  sharesOverLine,
} from "../../stats/lines/error_share.ts";
import { meanEffectiveRobustnessSchema } from "../../stats/lines/mean_effective_robustness.ts";
import { pointSchema } from "../../stats/lines/point.ts";
import { rangeOverlapSchema } from "../../stats/lines/range_overlap.ts";
import { robustnessInPart, sourcesInPart } from "./robustness_in_part.ts";

/** Networks on a shifted set whose examples come in units. */
export interface MeasureWholeArgs extends SplitNetworks {
  readonly units: readonly string[];
  /** Confidence level of the interval. */
  readonly level: number;
}

/** Mean effective robustness on the whole of a shifted set, with the interval of units that baselines and networks share. */
export const measureWhole = defineTask({
  module: import.meta.url,
  name: "measureWhole",
  result: {
    points: json(z.array(pointSchema).readonly()),
    mean: json(meanEffectiveRobustnessSchema),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** How far the networks lie outside the baselines' range. */
    overlap: json(rangeOverlapSchema),
    /** What more of would make the interval narrower. */
    shares: json(errorSharesSchema),
  },
  run({ level, ...args }: MeasureWholeArgs) {
    const weights = new Float64Array(args.units.length).fill(1);
    const { networks, mean, overlap } =
      robustnessInPart(args, { weights, level }).robustness;
    return {
      points: networks,
      mean,
      value: mean.mean,
      low: mean.low,
      high: mean.high,
      overlap,
      shares: sharesOverLine(mean.components, sourcesInPart(args, weights)),
    };
  },
});
