import { unitsIn } from "../../shifts/measure/accuracy_in_part.ts";
import {
  judgedInPart,
  pointsInPart,
  type SplitNetworks,
} from "../../shifts/measure/place_in_part.ts";
import type { SourceCounts } from "../../stats/lines/error_share.ts";
import { canLeaveOut } from "../../stats/lines/line_error.ts";
import type { PairedDifference } from "../../stats/lines/paired_difference.ts";
import {
  type JudgedPart,
  partDifference,
  type PartRobustness,
  partRobustness,
} from "../../stats/lines/part_robustness.ts";

/** What is measured in a part, and what is known of its errors. */
interface MeasuredPart {
  readonly robustness: PartRobustness;
  /** Undefined where the line has one run, so that its points are taken as independent. */
  readonly judged: JudgedPart | undefined;
}

/**
 * Mean effective robustness in the part whose examples have these weights, over
 * its own line. Its interval is that of runs, and of reference images and
 * examples, or units of these, that baselines and networks share.
 */
export function robustnessInPart(
  networks: SplitNetworks,
  { weights, level }: {
    readonly weights: Float64Array;
    /** Confidence level of the interval. */
    readonly level: number;
  },
): MeasuredPart {
  const judged = judgePart(networks, weights);
  const robustness = partRobustness(pointsInPart(networks, weights), {
    level,
    judged,
  });
  return { robustness, judged };
}

/** Whether the examples that have weights are of one unit, which leaves nothing to tell an error by. */
export function areOfOneUnit(
  { units }: Pick<SplitNetworks, "units">,
  weights: Float64Array,
): boolean {
  return units !== undefined && unitsIn({ weights, units }) === 1;
}

/**
 * The same networks as points in the part, image by image. Without units,
 * reference sets of as many images as there are examples are taken for versions
 * of these: of sets that have nothing to do with each other what an image adds
 * through both cancels on average, so that they do no harm.
 */
function judgePart(
  networks: SplitNetworks,
  weights: Float64Array,
): JudgedPart | undefined {
  const judged = judgedInPart(networks, weights);
  const { units } = networks;
  const [first] = judged.networks;
  return canLeaveOut(judged.runs)
    ? {
      ...judged,
      images: units === undefined &&
          first?.referenceInfluence.length === weights.length
        ? "same"
        : "disjoint",
      units: unitsIn({ weights, units }),
    }
    : undefined;
}

/** Effective robustness in the first part minus that in the second, network by network. */
export function differenceBetween(
  [first, second]: readonly [MeasuredPart, MeasuredPart],
  { level }: { readonly level: number },
): PairedDifference {
  return partDifference([first.robustness, second.robustness], {
    level,
    judged: first.judged && second.judged && [first.judged, second.judged],
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
  const finished = networks.flatMap(({ evaluation }) => evaluation.networks);
  const n = unitsIn({ weights, units });
  return {
    networks: { n: finished.length },
    runs: { n: baselines.length },
    images: units === undefined ? { n } : { n, name: "families" },
  };
}
