/**
 * Effective robustness in parts of a shifted test set, each over its own line.
 *
 * @module
 */
import { z } from "zod";
import { effectiveRobustness } from "./effective_robustness.ts";
import type { ImageErrorOptions, JudgedPoint } from "./image_error.ts";
import { mean } from "../intervals/mean.ts";
import {
  type MeanEffectiveRobustness,
  meanEffectiveRobustness,
  meanEffectiveRobustnessSchema,
} from "./mean_effective_robustness.ts";
import {
  type PairedDifference,
  pairedDifference,
} from "./paired_difference.ts";
import { type Point, pointSchema } from "./point.ts";
import {
  type RangeOverlap,
  rangeOverlap,
  rangeOverlapSchema,
} from "./range_overlap.ts";
import { fitLine, type Line, lineSchema } from "./regression.ts";
import { unitError } from "./unit_error.ts";

/** Networks in one part. */
export interface PartPoints {
  /** What the part's line goes through. */
  readonly baselines: readonly Point[];
  /** Networks that are measured by that line. */
  readonly networks: readonly Point[];
}

/**
 * Networks in one part with what each example, or each unit of those that are
 * not independent, adds to their accuracies; the baselines by run. An example
 * that is in another part adds 0.
 */
export interface JudgedPart extends Pick<ImageErrorOptions, "images"> {
  /** The baselines in the part, one array a run. */
  readonly runs: readonly (readonly JudgedPoint[])[];
  /** The networks in the part. */
  readonly networks: readonly JudgedPoint[];
  /** Number of examples in the part, or of units. */
  readonly units: number;
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
 * count as half an example. With `judged`, the same networks, the interval is
 * that of runs and of images and units that baselines and networks share.
 *
 * @throws {RangeError} if no line can be fitted, or there is no network, or
 * with `judged` fewer than two runs
 */
export function partRobustness(
  { baselines, networks }: PartPoints,
  { level = 0.95, judged }: {
    readonly level?: number | undefined;
    readonly judged?: JudgedPart | undefined;
  } = {},
): PartRobustness {
  const line = lineOf(baselines);
  const shared = judged && {
    runs: judged.runs,
    imageError: unitError([{
      line,
      runs: judged.runs,
      terms: [{ sign: 1, networks: judged.networks }],
    }], { ...judged, level }),
  };
  return {
    baselines,
    networks,
    line,
    mean: meanEffectiveRobustness(networks, { ...shared, line, level }),
    overlap: rangeOverlap(networks, line),
  };
}

/**
 * Effective robustness in the first part minus that in the second, network by
 * network, each over its part's line. With `judged`, the same networks in both
 * parts, the interval is that of runs, reference images and units that both
 * parts share: what a run does to both lines cancels as far as it is the same.
 *
 * @throws {RangeError} as `pairedDifference()` and `imageError()` do
 */
export function partDifference(
  [first, second]: readonly [PartRobustness, PartRobustness],
  { level = 0.95, judged }: {
    readonly level?: number | undefined;
    readonly judged?: readonly [JudgedPart, JudgedPart] | undefined;
  } = {},
): PairedDifference {
  const [one, other] = judged ?? [];
  const shared = one && other && {
    sharedRuns: true,
    imageError: unitError([
      { ...one, line: first.line, terms: [{ ...one, sign: 1 }] },
      { ...other, line: second.line, terms: [{ ...other, sign: -1 }] },
    ], {
      images: one.images,
      units: Math.min(one.units, other.units),
      paired: true,
      sharedRuns: true,
      level,
    }),
  };
  return pairedDifference([
    { line: first.line, points: first.networks, runs: one?.runs },
    { line: second.line, points: second.networks, runs: other?.runs },
  ], { ...shared, level });
}

/** The mean of {@linkcode partRobustness} alone, for doing it thousands of times. */
export function meanInPart({ baselines, networks }: PartPoints): number {
  const line = lineOf(baselines);
  return mean(networks.map((point) => effectiveRobustness(point, { line }).er));
}
