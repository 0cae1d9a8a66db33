import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { coverageOfZero } from "../../stats/lines/left_out_groups.ts";

/** Intervals of what is truly zero. */
export interface CountCoverageArgs {
  readonly intervals: readonly {
    readonly low: number;
    readonly high: number;
  }[];
  /** Confidence level of the interval of their share. */
  readonly level: number;
}

/** How many intervals hold zero, and the error of that share. */
export const countCoverage = defineTask({
  module: import.meta.url,
  name: "countCoverage",
  result: {
    held: json(z.int()),
    n: json(z.int()),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
  },
  run({ intervals, level }: CountCoverageArgs) {
    return coverageOfZero(intervals, { level });
  },
});
