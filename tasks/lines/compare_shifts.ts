import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  errorShares,
  errorSharesSchema,
} from "../../stats/lines/error_share.ts";
import {
  pairedDifference,
  pairedDifferenceSchema,
} from "../../stats/lines/paired_difference.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";
import { type Judged, judgedErrors } from "./judged.ts";

/** Networks under one shift, and that shift's line. */
export interface ShiftedRuns {
  readonly line: Line;
  /** Points by network, one each; the i-th of both shifts are a pair. */
  readonly points: readonly (readonly Point[])[];
  /** The evaluations of networks and baselines, as in {@linkcode measureRobustness}; they count if both shifts have them. */
  readonly judged?: Judged | undefined;
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
    /** What more of would make the interval narrower, pairs counted as networks; empty without evaluations. */
    shares: json(errorSharesSchema),
  },
  run({ outOfSupport, inSupport, level }: CompareShiftsArgs) {
    const sides = [
      { ...outOfSupport, sign: 1 },
      { ...inSupport, sign: -1 },
    ] as const;
    const out = outOfSupport.points.map(onlyPoint);
    const within = inSupport.points.map(onlyPoint);
    const judged = sides.flatMap(({ line, sign, points, judged }) =>
      judged === undefined ? [] : [{
        ...judged,
        line,
        terms: [{ sign, points: points.flat(), networks: judged.networks }],
      }]
    );
    const known = judged.length < sides.length
      ? undefined
      : judgedErrors(judged, { paired: true });
    const difference = pairedDifference([
      { line: outOfSupport.line, points: out, runs: known?.runs?.[0] },
      { line: inSupport.line, points: within, runs: known?.runs?.[1] },
    ], { level, imageError: known?.imageError });
    const { betweenPairs, testSets, firstLine, secondLine } =
      difference.components;
    return {
      difference,
      value: difference.difference,
      low: difference.low,
      high: difference.high,
      shares: known === undefined ? [] : errorShares({
        networks: { n: difference.n, errors: [betweenPairs] },
        runs: { n: known.n.runs, errors: [firstLine, secondLine] },
        images: { n: known.n.images, errors: [testSets] },
      }),
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
