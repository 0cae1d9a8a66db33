import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  groupDifference,
  groupDifferenceSchema,
} from "../../stats/lines/difference.ts";
import {
  errorSharesSchema,
  sharesOverLine,
} from "../../stats/lines/error_share.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";
import { type Judged, judgedErrors } from "./judged.ts";

/** Two groups of networks under one shift, and the baselines' line. */
export interface CompareGroupsArgs {
  readonly line: Line;
  /** Points by network of the group that is expected to be more robust. */
  readonly a: readonly (readonly Point[])[];
  /** Points by network of the group that it is compared with. */
  readonly b: readonly (readonly Point[])[];
  /** Confidence level of the intervals. */
  readonly level: number;
  /** The evaluations of both groups and of the baselines, as in `measureRobustness`. */
  readonly judged?: JudgedGroups | undefined;
  /** What the networks of both are, in the plural, where they are not pre-trained. */
  readonly named?: string | undefined;
}

/** Two groups of networks and their baselines, judged image by image. */
export interface JudgedGroups extends Omit<Judged, "networks"> {
  readonly a: Judged["networks"];
  readonly b: Judged["networks"];
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
    /** What more of would make the interval narrower; empty without evaluations. */
    shares: json(errorSharesSchema),
  },
  run({ line, a, b, level, judged, named }: CompareGroupsArgs) {
    const groups = [a.flat(), b.flat()] as const;
    const known = judged && judgedErrors([{
      ...judged,
      line,
      terms: [
        { sign: 1, points: groups[0], networks: judged.a },
        { sign: -1, points: groups[1], networks: judged.b },
      ],
    }]);
    const difference = groupDifference(groups, {
      line,
      level,
      runs: known?.runs?.[0],
      imageError: known?.imageError,
    });
    return {
      difference,
      value: difference.difference,
      low: difference.low,
      high: difference.high,
      shares: known === undefined ? [] : sharesOverLine(difference.components, {
        networks: {
          n: groups.flat().length,
          ...named === undefined ? {} : { name: named },
        },
        runs: { n: known.n.runs },
        images: { n: known.n.images },
      }),
    };
  },
});
