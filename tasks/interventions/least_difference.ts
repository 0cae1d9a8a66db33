import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { smallest } from "../../stats/intervals/extremes.ts";
import {
  type ErrorShare,
  errorSharesSchema,
} from "../../stats/lines/error_share.ts";

/** Differences of one kind of networks to several others. */
export interface LeastDifferenceArgs {
  readonly differences: readonly {
    /** The kind that it is compared with. */
    readonly name: string;
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly shares: readonly ErrorShare[];
  }[];
}

/**
 * The smallest of some differences: that to the best of the others, with the
 * smallest of the lower and of the upper ends. If the intervals hold together,
 * so does that one; of k differences each of level 1 − α / k they do at level
 * 1 − α (Bonferroni), whichever turns out smallest.
 */
export const leastDifference = defineTask({
  module: import.meta.url,
  name: "leastDifference",
  result: {
    name: json(z.string()),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    shares: json(errorSharesSchema),
  },
  run({ differences }: LeastDifferenceArgs) {
    const [least] = differences.toSorted((a, b) => a.value - b.value);
    if (least === undefined) {
      throw new RangeError("Cannot take the least of 0 differences");
    }
    return {
      ...least,
      low: smallest(differences.map(({ low }) => low)),
      high: smallest(differences.map(({ high }) => high)),
    };
  },
});
