import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { unitsIn } from "../../shifts/measure/accuracy_in_part.ts";
import {
  judgedInPart,
  type SplitNetworks,
} from "../../shifts/measure/place_in_part.ts";
import {
  groupDifference,
  groupDifferenceSchema,
} from "../../stats/lines/difference.ts";
import {
  errorSharesSchema,
  sharesOverLine,
} from "../../stats/lines/error_share.ts";
import type { Line } from "../../stats/lines/regression.ts";
import { unitError } from "../../stats/lines/unit_error.ts";
import { sourcesInPart } from "./robustness_in_part.ts";

/** Two groups of networks on a shifted set whose examples come in units, and the baselines' line. */
export interface CompareWholeArgs extends Omit<SplitNetworks, "networks"> {
  readonly line: Line;
  /** The group that is expected to be more robust. */
  readonly a: SplitNetworks["networks"];
  /** The group that it is compared with. */
  readonly b: SplitNetworks["networks"];
  readonly units: readonly string[];
  /** Confidence level of the interval. */
  readonly level: number;
}

/** Mean effective robustness of one group minus that of another on the whole of a shifted set, with the interval of units that all share. */
export const compareWhole = defineTask({
  module: import.meta.url,
  name: "compareWhole",
  result: {
    difference: json(groupDifferenceSchema),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** What more of would make the interval narrower, both groups counted together. */
    shares: json(errorSharesSchema),
  },
  run({ line, a, b, level, ...rest }: CompareWholeArgs) {
    const weights = new Float64Array(rest.units.length).fill(1);
    const judge = (networks: CompareWholeArgs["a"]) =>
      judgedInPart({ ...rest, networks }, weights);
    const [{ runs, networks: first }, { networks: second }] = [
      judge(a),
      judge(b),
    ];
    const terms = [
      { sign: 1, networks: first },
      { sign: -1, networks: second },
    ] as const;
    const difference = groupDifference([first, second], {
      line,
      level,
      runs,
      imageError: unitError([{ line, runs, terms }], {
        images: "disjoint",
        units: unitsIn({ ...rest, weights }),
        level,
      }),
    });
    return {
      difference,
      value: difference.difference,
      low: difference.low,
      high: difference.high,
      shares: sharesOverLine(
        difference.components,
        sourcesInPart({ ...rest, networks: [...a, ...b] }, weights),
      ),
    };
  },
});
