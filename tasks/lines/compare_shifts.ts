import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  pairedDifference,
  pairedDifferenceSchema,
} from "../../stats/lines/paired_difference.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";

/** Networks under one shift, and that shift's line. */
export interface ShiftedRuns {
  readonly line: Line;
  /** Points by network, one each; the i-th of both shifts are a pair. */
  readonly points: readonly (readonly Point[])[];
}

/** The same networks, or their twins, under two shifts. */
export interface CompareShiftsArgs {
  readonly outOfSupport: ShiftedRuns;
  readonly inSupport: ShiftedRuns;
  /** Confidence level of the intervals. */
  readonly level: number;
}

/** Effective robustness out of support minus in support, paired by network. */
export const compareShifts = defineTask({
  module: import.meta.url,
  name: "compareShifts",
  result: {
    difference: json(pairedDifferenceSchema),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
  },
  run({ outOfSupport, inSupport, level }: CompareShiftsArgs) {
    const difference = pairedDifference([
      { line: outOfSupport.line, points: outOfSupport.points.map(onlyPoint) },
      { line: inSupport.line, points: inSupport.points.map(onlyPoint) },
    ], { level });
    return {
      difference,
      value: difference.difference,
      low: difference.low,
      high: difference.high,
    };
  },
});

function onlyPoint(points: readonly Point[], i: number): Point {
  const [point] = points;
  if (point === undefined || points.length > 1) {
    throw new RangeError(
      `Cannot pair network ${i + 1}: it has ${points.length} points, not one`,
    );
  }
  return point;
}
