import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import type {
  GroupedSet,
  GroupMeasure,
} from "../../shifts/measure/group_counts.ts";
import { groupCountsOf, meanOver } from "../../shifts/measure/mean_over.ts";
import { largest } from "../../stats/intervals/extremes.ts";
import { jackknife } from "../../stats/intervals/jackknife.ts";
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

/** Mean accuracy of some networks minus that of others on the same images, with its interval. */
export const compareAccuracies = defineTask({
  module: import.meta.url,
  name: "compareAccuracies",
  result: {
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** What more of would make the interval narrower, pairs counted as networks. */
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
