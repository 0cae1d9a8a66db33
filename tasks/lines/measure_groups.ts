import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { PretrainedGroup } from "../../reports/value/on_the_line_figure.ts";
import {
  averageColumns,
  effectiveRobustness,
} from "../../stats/lines/effective_robustness.ts";
import {
  meanEffectiveRobustness,
  meanEffectiveRobustnessSchema,
} from "../../stats/lines/mean_effective_robustness.ts";
import { type Point, pointSchema } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";
import { formatNumber } from "../../reports/value/quantity.ts";
import { largest, smallest } from "../../stats/intervals/extremes.ts";
import { meanWithInterval } from "../../stats/intervals/mean.ts";

/** Single networks by what they were pre-trained on, and the baselines' line. */
export interface MeasureGroupsArgs {
  readonly line: Line;
  readonly groups: readonly {
    readonly data: string;
    readonly points: readonly Point[];
  }[];
  /** Confidence level of the intervals. */
  readonly level: number;
}

const groupSchema: z.ZodType<PretrainedGroup> = z.strictObject({
  name: z.string(),
  members: z.array(z.strictObject({
    title: z.string(),
    runs: z.array(pointSchema).readonly(),
  })).readonly(),
  mean: meanEffectiveRobustnessSchema,
});

/** Effective robustness of single networks: each kind, and all together. */
export const measureGroups = defineTask({
  module: import.meta.url,
  name: "measureGroups",
  result: {
    groups: json(z.array(groupSchema).readonly()),
    points: json(z.array(pointSchema).readonly()),
    overall: json(meanEffectiveRobustnessSchema),
    n: json(z.int()),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    max: json(z.number()),
    maxModel: json(z.string()),
    min: json(z.number()),
    /** Number of networks above the line. */
    above: json(z.int()),
    /** Half-width of the interval by the paper's published code. */
    authorsHalfWidth: json(z.number()),
    /** What the mean is where each kind is one draw, for readers; empty for one kind. */
    byKind: json(z.string()),
  },
  run({ line, groups, level }: MeasureGroupsArgs) {
    const options = { line, level };
    const points = groups.flatMap((group) => group.points);
    const overall = meanEffectiveRobustness(points, options);
    const authors = points.map((point) =>
      effectiveRobustness(point, { ...options, variant: "authors" })
    );
    return {
      groups: groups.map(({ data, points }) => ({
        name: data,
        members: points.map((point) => ({ title: point.model, runs: [point] })),
        mean: meanEffectiveRobustness(points, options),
      })),
      points,
      overall,
      n: overall.n,
      value: overall.mean,
      low: overall.low,
      high: overall.high,
      max: overall.averagedColumns.max,
      maxModel: overall.averagedColumns.maxModel,
      min: smallest(authors.map(({ er }) => er)),
      above: authors.filter(({ er }) => er > 0).length,
      authorsHalfWidth: averageColumns(authors).halfWidth,
      byKind: byKind(
        groups.map(({ points }) =>
          meanEffectiveRobustness(points, options).mean
        ),
        { level },
      ),
    };
  },
});

/** Networks of one kind share what they were pre-trained on: Student's t over the means of the kinds. */
function byKind(
  means: readonly number[],
  { level }: Pick<MeasureGroupsArgs, "level">,
): string {
  if (means.length < 2) return "";
  const { mean, low, high } = meanWithInterval(means, { level });
  const points = (value: number) =>
    formatNumber({ value, unit: "points", bare: true });
  return `they share ${means.length} kinds of pre-training data, whose means are from ${
    points(smallest(means))
  } to ${
    points(largest(means))
  } points; with each kind as one draw the mean is ${points(mean)} (${
    points(low)
  } to ${points(high)})`;
}
