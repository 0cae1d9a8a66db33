import {
  judgedInPart,
  pointsInPart,
  type SplitNetworks,
} from "../../shifts/measure/place_in_part.ts";
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
