/**
 * Effective robustness in one part of a shifted test set, over that part's own
 * line.
 *
 * @module
 */
import { z } from "zod";
import { effectiveRobustness } from "./effective_robustness.ts";
import { mean } from "../intervals/mean.ts";
import {
  type MeanEffectiveRobustness,
  meanEffectiveRobustness,
  meanEffectiveRobustnessSchema,
} from "./mean_effective_robustness.ts";
import { type Point, pointSchema } from "./point.ts";
import {
  type RangeOverlap,
  rangeOverlap,
  rangeOverlapSchema,
} from "./range_overlap.ts";
import { fitLine, type Line, lineSchema } from "./regression.ts";

/** Networks in one part. */
export interface PartPoints {
  /** What the part's line goes through. */
  readonly baselines: readonly Point[];
  /** Networks that are measured by that line. */
  readonly networks: readonly Point[];
}

/** A part's line, and what networks gain over it. */
export interface PartRobustness extends PartPoints {
  /** The part's own line, on the probit scale. */
  readonly line: Line;
  /** Mean effective robustness of the networks. */
  readonly mean: MeanEffectiveRobustness;
  /** How far the networks lie outside the baselines' range. */
  readonly overlap: RangeOverlap;
}

/** Schema of {@linkcode PartRobustness}. */
export const partRobustnessSchema: z.ZodType<PartRobustness> = z.strictObject({
  baselines: z.array(pointSchema).readonly(),
  networks: z.array(pointSchema).readonly(),
  line: lineSchema,
  mean: meanEffectiveRobustnessSchema,
  overlap: rangeOverlapSchema,
});

function lineOf(baselines: readonly Point[]): Line {
  return fitLine(baselines, { scale: "probit", extremes: { kind: "clip" } });
}

/**
 * Fits the part's line and measures the networks by it. Accuracies of 0 and 1
 * count as half an example.
 *
 * @throws {RangeError} if no line can be fitted, or there is no network
 */
export function partRobustness(
  { baselines, networks }: PartPoints,
  { level = 0.95 }: { readonly level?: number | undefined } = {},
): PartRobustness {
  const line = lineOf(baselines);
  return {
    baselines,
    networks,
    line,
    mean: meanEffectiveRobustness(networks, { line, level }),
    overlap: rangeOverlap(networks, line),
  };
}

/** The mean of {@linkcode partRobustness} alone, for doing it thousands of times. */
export function meanInPart({ baselines, networks }: PartPoints): number {
  const line = lineOf(baselines);
  return mean(networks.map((point) => effectiveRobustness(point, { line }).er));
}
