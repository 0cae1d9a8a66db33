import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { newcombe } from "../../stats/intervals/difference.ts";
import { smallest } from "../../stats/intervals/extremes.ts";
import { wilson } from "../../stats/intervals/proportion.ts";
import type { Point } from "../../stats/lines/point.ts";

/** Networks as points, one array a run. */
export interface LeastDropArgs {
  readonly points: readonly (readonly Point[])[];
  /** Confidence level of the interval. */
  readonly level: number;
}

/**
 * How much lower the shifted accuracy of the network is that loses least. Of two
 * proportions on different images each network has an interval (Newcombe 1998,
 * method 10). The lowest of their lower ends is above 0 where every network
 * surely loses. The lowest of their upper ends is that of the network that
 * chance favours most, so these are at the level that n of them share
 * (Bonferroni).
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
    const n = all.length;
    if (n === 0) {
      throw new RangeError("Cannot take the least drop: there is no network");
    }
    const least = (of: (point: Point) => number) => smallest(all.map(of));
    return {
      value: least(({ reference, shifted }) => reference - shifted),
      low: least((point) => dropOf(point, level).low),
      high: least((point) => dropOf(point, 1 - (1 - level) / n).high),
      n,
    };
  },
});

/** The interval of what one network loses. */
function dropOf(
  { reference, shifted, referenceSize = 0, shiftedSize = 0 }: Point,
  level: number,
): { readonly low: number; readonly high: number } {
  const around = (value: number, n: number) => ({
    value,
    ...wilson({ successes: value * n, n }, { level }),
  });
  return newcombe(
    around(reference, referenceSize),
    around(shifted, shiftedSize),
  );
}
