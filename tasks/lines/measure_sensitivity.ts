import { z } from "zod";
import {
  type SortedModels,
  sortModels,
} from "../../data/tables/imagenet_shift.ts";
import { hasTeacherOrMasking } from "../../data/tables/pretraining_data.ts";
import { pairRows, type RowRule } from "../../data/tables/timm_table.ts";
import { json } from "../../engine/define/codec.ts";
import { stream } from "../../engine/define/random.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  sensitivity,
  sensitivityRowSchema,
} from "../../stats/published/sensitivity.ts";
import type { ReadShiftArgs } from "./read_shift.ts";
import { largest, smallest } from "../../stats/intervals/extremes.ts";

/** The tables and lists, and how to resample. */
export interface MeasureSensitivityArgs extends Omit<ReadShiftArgs, "rule"> {
  readonly resamples: number;
  readonly seed: number;
  readonly level: number;
}

/** What scale, rows and baselines do to the mean and the maximum over the pre-trained networks. */
export const measureSensitivity = defineTask({
  module: import.meta.url,
  name: "measureSensitivity",
  result: {
    rows: json(z.array(sensitivityRowSchema).readonly()),
    meanLow: json(z.number()),
    meanHigh: json(z.number()),
    maxLow: json(z.number()),
    maxHigh: json(z.number()),
  },
  run({ resamples, seed, level, ...args }: MeasureSensitivityArgs) {
    const [reference, shifted] = [args.reference.rows, args.shifted.rows];
    const sorted = (rule: RowRule) =>
      sortModels(pairRows({ reference, shifted, rule }), args);
    const points = ({ baselines, pretrained }: SortedModels) => ({
      baselines,
      models: pretrained.flatMap(({ models }) => models),
    });
    const training = points(sorted("training"));
    const only = (isKept: (model: typeof training.models[0]) => boolean) => ({
      ...training,
      baselines: training.baselines.filter(isKept),
    });
    const rows = sensitivity(training, {
      variations: [
        { name: "logit scale", points: training, scale: "logit" },
        { name: "linear scale", points: training, scale: "linear" },
        { name: "rows at test resolution", points: points(sorted("test")) },
        {
          name: "baselines without a teacher or masked pre-training",
          points: only(({ model }) => !hasTeacherOrMasking(model)),
        },
        {
          name: "baselines of at most 256 pixels",
          points: only(({ imageSize }) => imageSize <= 256),
        },
      ],
      resamples,
      draw: stream(seed, "baselines").integer,
      level,
    });
    const ends = (of: "mean" | "max") => rows.flatMap((row) => row[of]);
    return {
      rows,
      meanLow: smallest(ends("mean")),
      meanHigh: largest(ends("mean")),
      maxLow: smallest(ends("max")),
      maxHigh: largest(ends("max")),
    };
  },
});
