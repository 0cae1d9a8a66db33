import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { PointGroup } from "../../stats/lines/left_out_groups.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";
import { withoutGroups } from "../../stats/lines/straightness.ts";

/** Networks over a line through finished networks of several sizes. */
export interface LeaveSizesOutArgs {
  readonly line: Line;
  /** The networks of the line by size, as `checkStraightness` gives them. */
  readonly groups: readonly PointGroup[];
  /** What is measured, points by network. */
  readonly points: readonly (readonly Point[])[];
  /** Networks whose gain is taken off, where a difference is measured. */
  readonly minus?: readonly (readonly Point[])[] | undefined;
}

/** Mean effective robustness over the line through all sizes but one, the lowest and the highest. */
export const leaveSizesOut = defineTask({
  module: import.meta.url,
  name: "leaveSizesOut",
  result: {
    /** Over the line through all sizes. */
    whole: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** The size without which it is lowest. */
    lowest: json(z.string()),
    /** The size without which it is highest. */
    highest: json(z.string()),
  },
  run({ line, groups, points, minus = [] }: LeaveSizesOutArgs) {
    const subtracted = minus.flat();
    const { whole, lowest, highest } = withoutGroups(groups, {
      line,
      terms: [
        { sign: 1, networks: points.flat() },
        ...subtracted.length === 0
          ? []
          : [{ sign: -1, networks: subtracted } as const],
      ],
    });
    return {
      whole,
      low: lowest.value,
      high: highest.value,
      lowest: lowest.name,
      highest: highest.name,
    };
  },
});
