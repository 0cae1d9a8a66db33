/**
 * How far a headline moves with choices that could have been made otherwise.
 *
 * @module
 */
import { z } from "zod";
import { type Headline, headline, type HeadlinePoints } from "./headline.ts";
import { percentileInterval } from "../intervals/percentile.ts";
import { bootstrapHeadline, leaveOneOut } from "./resampling.ts";
import type { ScaleName } from "../lines/scale.ts";
import { largest, smallest } from "../intervals/extremes.ts";

/** Another way to get the headline. */
export interface Variation {
  /** What is chosen otherwise, e.g. "logit scale". */
  readonly name: string;
  readonly points: HeadlinePoints;
  readonly scale?: ScaleName | undefined;
}

/** What one choice, or a family of choices, makes of the headline; fractions. */
export interface SensitivityRow {
  /** What is chosen otherwise. */
  readonly name: string;
  /** Number of baselines behind it. */
  readonly baselines: number;
  /** Lowest and highest mean; equal for a single choice. */
  readonly mean: readonly [number, number];
  /** Lowest and highest maximum. */
  readonly max: readonly [number, number];
  /** The models that have the maximum, most often first. */
  readonly maxModels: readonly string[];
}

/** Schema of {@linkcode SensitivityRow}. */
export const sensitivityRowSchema: z.ZodType<SensitivityRow> = z.strictObject({
  name: z.string(),
  baselines: z.int(),
  mean: z.tuple([z.number(), z.number()]).readonly(),
  max: z.tuple([z.number(), z.number()]).readonly(),
  maxModels: z.array(z.string()).readonly(),
});

/** How to vary. */
export interface SensitivityOptions {
  /** Single choices; those that leave fewer than three baselines are left out. */
  readonly variations: readonly Variation[];
  /** Resamples of the baselines. */
  readonly resamples: number;
  /** A uniform integer from 0 to below its argument. */
  readonly draw: (bound: number) => number;
  /** Share of the resamples between the ends; 0.95 by default. */
  readonly level?: number | undefined;
}

/**
 * The headline as it is, by each variation, without each baseline in turn, and
 * over resampled baselines.
 *
 * @throws {RangeError} if the headline cannot be taken
 */
export function sensitivity(
  points: HeadlinePoints,
  { variations, resamples, draw, level }: SensitivityOptions,
): readonly SensitivityRow[] {
  const n = points.baselines.length;
  const range = (
    name: string,
    headlines: readonly Headline[],
    ends = (values: readonly number[]) =>
      [smallest(values), largest(values)] as const,
  ): SensitivityRow => ({
    name,
    baselines: headlines[0]?.baselines ?? 0,
    mean: ends(headlines.map((one) => one.mean)),
    max: ends(headlines.map((one) => one.max)),
    maxModels: byCount(headlines.map(({ maxModel }) => maxModel)),
  });
  return [
    range("as reported", [headline(points)]),
    ...variations.filter(({ points }) => points.baselines.length >= 3)
      .map(({ name, points, scale }) =>
        range(name, [headline(points, { scale })])
      ),
    ...n < 4 ? [] : [
      range(
        `leaving one baseline out, ${n} times`,
        leaveOneOut(points).map((left) => left.headline),
      ),
    ],
    range(
      `bootstrap of the baselines, ${resamples} times`,
      bootstrapHeadline(points, { resamples, draw }),
      (values) => {
        const { low, high } = percentileInterval(values, { level });
        return [low, high];
      },
    ),
  ];
}

/** Names, the most frequent first. */
function byCount(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}
