import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import type {
  GroupCounts,
  GroupedSet,
  GroupMeasure,
} from "../../shifts/measure/group_counts.ts";
import { groupCountsOf, meanOver } from "../../shifts/measure/mean_over.ts";
import { largest, smallest } from "../../stats/intervals/extremes.ts";
import { jackknife } from "../../stats/intervals/jackknife.ts";
import { clopperPearson } from "../../stats/intervals/proportion.ts";
import { errorSharesSchema } from "../../stats/lines/error_share.ts";
import { twoKinds, type TwoKindsFactor } from "./two_kinds.ts";

/** Two kinds of networks, and what of their accuracies is compared. */
export interface CompareAccuraciesArgs {
  /** Finished networks that are expected to be better. */
  readonly a: readonly Evaluation[];
  readonly b: readonly Evaluation[];
  /** Whether the i-th of both are a pair: made of the same network. */
  readonly paired: boolean;
  /** Sets of test images with their groups. */
  readonly parts: readonly GroupedSet[];
  readonly measure: GroupMeasure;
  /** Confidence level of the interval. */
  readonly level: number;
}

/**
 * Mean accuracy of some networks minus that of others on the same images, with
 * its interval. Where no network and no block of images makes a difference, that
 * is as wide as an accuracy of zero in the smallest group leaves open.
 */
export const compareAccuracies = defineTask({
  module: import.meta.url,
  name: "compareAccuracies",
  result: {
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** What more of would make the interval narrower, pairs counted as networks; empty where nothing varies. */
    shares: json(errorSharesSchema),
  },
  run({ a, b, paired, parts, measure, level }: CompareAccuraciesArgs) {
    const [first, second] = [groupCountsOf(a, parts), groupCountsOf(b, parts)];
    const { factors, without } = twoKinds(
      { a: first.length, b: second.length },
      { paired },
    );
    const { value, low, high, standardErrors } = jackknife<TwoKindsFactor>(
      (one) =>
        meanOver(first, measure, without(one, "a")) -
        meanOver(second, measure, without(one, "b")),
      { factors, level },
    );
    if (low === high) {
      // As where all networks are at zero: that tells no spread.
      const n = smallest([...first, ...second].map(smallestGroup));
      const { high: open } = clopperPearson({ successes: 0, n }, { level });
      return {
        value,
        low: Math.max(-1, value - open),
        high: Math.min(1, value + open),
        shares: [],
      };
    }
    const { a: ofA, b: ofB, images } = standardErrors;
    return {
      value,
      low,
      high,
      shares: [
        ...ofA === undefined && ofB === undefined ? [] : [{
          source: "networks" as const,
          name: paired ? "pairs of networks" : "networks",
          n: first.length + (paired ? 0 : second.length),
          standardError: Math.hypot(ofA ?? 0, ofB ?? 0),
        }],
        ...images === undefined ? [] : [{
          source: "images" as const,
          n: largest(parts.map(({ groups }) => groups.of.length)),
          standardError: images,
        }],
      ],
    };
  },
});

/** Number of images of the smallest group that has any. */
function smallestGroup({ names, total }: GroupCounts): number {
  const sizes = new Float64Array(names.length);
  for (const [cell, images] of total.entries()) {
    const group = cell % names.length;
    sizes[group] = (sizes[group] as number) + images;
  }
  return smallest(sizes.filter((images) => images > 0));
}
