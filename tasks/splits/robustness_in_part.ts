import {
  judgedInPart,
  pointsInPart,
  type SplitNetworks,
} from "../../shifts/measure/place_in_part.ts";
import type { SourceCounts } from "../../stats/lines/error_share.ts";
import {
  type PartRobustness,
  partRobustness,
} from "../../stats/lines/part_robustness.ts";

/**
 * Mean effective robustness in the part whose examples have these weights, over
 * its own line. Where examples come in units, its interval is that of units
 * that baselines and networks share.
 */
export function robustnessInPart(
  { units, ...rest }: SplitNetworks,
  { weights, level }: {
    readonly weights: Float64Array;
    /** Confidence level of the interval. */
    readonly level: number;
  },
): PartRobustness {
  return partRobustness(pointsInPart({ ...rest, units }, weights), {
    level,
    judged: units && judgedInPart({ ...rest, units }, weights),
  });
}

/** How many there are of what makes the error in a part: networks, runs, and examples or families of them. */
export function sourcesInPart(
  { networks, baselines, units }: Pick<
    SplitNetworks,
    "networks" | "baselines" | "units"
  >,
  weights: Float64Array,
): SourceCounts {
  const there = [...weights.keys()].filter((i) => weights[i] !== 0);
  const finished = networks.flatMap(({ evaluation }) => evaluation.networks);
  return {
    networks: { n: finished.length },
    runs: { n: baselines.length },
    images: units === undefined ? { n: there.length } : {
      n: new Set(there.map((i) => units[i])).size,
      name: "families",
    },
  };
}
