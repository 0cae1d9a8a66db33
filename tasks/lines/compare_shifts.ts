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
import { type Judged, type JudgedErrors, judgedErrors } from "./judged.ts";

/** Networks under one shift, and that shift's line. */
export interface ShiftedRuns {
  readonly line: Line;
  /** Points by network, one each; the i-th of both shifts are a pair. */
  readonly points: readonly (readonly Point[])[];
  /** The evaluations of networks and baselines, as in `measureRobustness`; they count if both shifts have them. */
  readonly judged?: Judged | undefined;
}

/** The same networks, or their twins, under two shifts or at two values under one. */
export interface CompareShiftsArgs {
  readonly first: ShiftedRuns;
  /** What is subtracted; without a line of its own over that of the first, whose baselines count for both. */
  readonly second: ShiftedRuns | Omit<ShiftedRuns, "line">;
  /** Confidence level of the intervals. */
  readonly level: number;
  /** What the networks are, in the plural, where they are not pre-trained each. */
  readonly named?: string | undefined;
}

/** Effective robustness of the first minus that of the second, paired by network. */
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
  run({ first, second, level, named }: CompareShiftsArgs) {
    const known = judgedErrorsOf(first, second);
    const points = second.points.map(onlyPoint);
    const difference = pairedDifference([
      {
        line: first.line,
        points: first.points.map(onlyPoint),
        runs: known?.runs?.[0],
      },
      "line" in second
        ? { line: second.line, points, runs: known?.runs?.[1] }
        : { points },
    ], { level, imageError: known?.imageError });
    const { betweenPairs, testSets, firstLine, secondLine } =
      difference.components;
    const lines = secondLine === null ? [firstLine] : [firstLine, secondLine];
    return {
      difference,
      value: difference.difference,
      low: difference.low,
      high: difference.high,
      shares: known === undefined ? [] : errorShares({
        networks: [betweenPairs],
        runs: lines,
        images: [testSets],
      }, {
        networks: {
          n: difference.n,
          ...named === undefined ? {} : { name: named },
        },
        runs: { n: known.n.runs },
        images: { n: known.n.images },
      }),
    };
  },
});

/** What evaluations tell of a difference; undefined unless both sides have them. */
function judgedErrorsOf(
  first: CompareShiftsArgs["first"],
  second: CompareShiftsArgs["second"],
): JudgedErrors | undefined {
  if (first.judged === undefined || second.judged === undefined) {
    return undefined;
  }
  const added = termOf(first, { judged: first.judged, sign: 1 });
  const subtracted = termOf(second, { judged: second.judged, sign: -1 });
  const over = { ...first.judged, line: first.line };
  return judgedErrors(
    "line" in second
      ? [
        { ...over, terms: [added] },
        { ...second.judged, line: second.line, terms: [subtracted] },
      ]
      : [{ ...over, terms: [added, subtracted] }],
    { paired: true },
  );
}

function termOf(
  { points }: Pick<ShiftedRuns, "points">,
  { judged: { networks }, sign }: {
    readonly judged: Judged;
    readonly sign: 1 | -1;
  },
) {
  return { sign, points: points.flat(), networks };
}

function onlyPoint(points: readonly Point[], i: number): Point {
  const [point] = points;
  if (point === undefined || points.length > 1) {
    throw new RangeError(
      `Cannot pair network ${i + 1}: it has ${points.length} points, not one`,
    );
  }
  return point;
}
