import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  groupDifference,
  groupDifferenceSchema,
} from "../../stats/lines/difference.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";

/** Two groups of networks under one shift, and the baselines' line. */
export interface CompareGroupsArgs {
  readonly line: Line;
  /** Points by network of the group that is expected to be more robust. */
  readonly a: readonly (readonly Point[])[];
  /** Points by network of the group that it is compared with. */
  readonly b: readonly (readonly Point[])[];
  /** Confidence level of the intervals. */
  readonly level: number;
}

/** Mean effective robustness of one group minus that of another, with its interval. */
export const compareGroups = defineTask({
  module: import.meta.url,
  name: "compareGroups",
  result: {
    difference: json(groupDifferenceSchema),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
  },
  run({ line, a, b, level }: CompareGroupsArgs) {
    const difference = groupDifference([a.flat(), b.flat()], { line, level });
    return {
      difference,
      value: difference.difference,
      low: difference.low,
      high: difference.high,
    };
  },
});
