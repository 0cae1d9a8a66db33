import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { wilson } from "../../stats/intervals/proportion.ts";
import type { Point } from "../../stats/lines/point.ts";

/** Networks as points, one array a run. */
export interface LeastDropArgs {
  readonly points: readonly (readonly Point[])[];
  /** Confidence level of the interval. */
  readonly level: number;
}

/**
 * How much lower the shifted accuracy of the network is that loses least: above
 * 0 if every network loses. The interval is that of this one network, of two
 * proportions on different images (Newcombe 1998, method 10).
 */
export const leastDrop = defineTask({
  module: import.meta.url,
  name: "leastDrop",
  result: {
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** Number of networks. */
    n: json(z.int()),
  },
  run({ points, level }: LeastDropArgs) {
    const all = points.flat();
    const drop = ({ reference, shifted }: Point) => reference - shifted;
    const [least] = all.toSorted((a, b) => drop(a) - drop(b));
    if (least === undefined) {
      throw new RangeError("Cannot take the least drop: there is no network");
    }
    const { reference, shifted, referenceSize = 0, shiftedSize = 0 } = least;
    const around = (accuracy: number, n: number) =>
      wilson({ successes: accuracy * n, n }, { level });
    const before = around(reference, referenceSize);
    const after = around(shifted, shiftedSize);
    const value = drop(least);
    return {
      value,
      low: value - Math.hypot(reference - before.low, after.high - shifted),
      high: value + Math.hypot(before.high - reference, shifted - after.low),
      n: all.length,
    };
  },
});
