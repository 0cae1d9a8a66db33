import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { stream } from "../../engine/define/random.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  noisyMaximum,
  noisyMaximumSchema,
} from "../../stats/published/noisy_maximum.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";

/** Single networks, the baselines' line, and how to simulate test sets. */
export interface MeasureMaximumArgs {
  readonly line: Line;
  readonly points: readonly Point[];
  /** Confidence level of the interval. */
  readonly level: number;
  /** Number of simulated test sets. */
  readonly resamples: number;
  readonly seed: number;
}

/** The highest effective robustness, with the noise that the test images give it. */
export const measureMaximum = defineTask({
  module: import.meta.url,
  name: "measureMaximum",
  result: {
    maximum: json(noisyMaximumSchema),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    model: json(z.string()),
    candidates: json(z.int()),
    noise: json(z.number()),
    bias: json(z.number()),
    ofNoiseAlone: json(z.number()),
  },
  run({ line, points, level, resamples, seed }: MeasureMaximumArgs) {
    const { normal } = stream(seed, "test images");
    const maximum = noisyMaximum(points, { line, level, resamples, normal });
    return {
      maximum,
      value: maximum.max,
      low: maximum.low,
      high: maximum.high,
      model: maximum.maxModel,
      candidates: maximum.candidates,
      noise: maximum.noise,
      bias: maximum.bias,
      ofNoiseAlone: maximum.ofNoiseAlone,
    };
  },
});
