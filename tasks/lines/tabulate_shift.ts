import { defineTask } from "../../engine/define/task.ts";
import type {
  OverallMean,
  PretrainedGroup,
} from "../../reports/value/on_the_line_figure.ts";
import {
  dataRow,
  noiseRow,
  sensitivityRows,
  summaryRow,
  topRows,
} from "../../reports/value/shift_tables.ts";
import { tableRow, tableRows } from "../../reports/value/table_cells.ts";
import type { NoisyMaximum } from "../../stats/published/noisy_maximum.ts";
import type { Line } from "../../stats/lines/regression.ts";
import type { SensitivityRow } from "../../stats/published/sensitivity.ts";

/** Networks that were measured as one set. */
export interface MeasuredSet {
  readonly groups: readonly PretrainedGroup[];
  readonly overall: OverallMean["mean"];
}

/** Everything that was measured of one shift. */
export interface TabulateShiftArgs {
  readonly title: string;
  readonly line: Line;
  readonly level: number;
  /** The paper's pre-trained networks. */
  readonly pretrained: MeasuredSet & {
    readonly authorsHalfWidth: number;
    readonly above: number;
  };
  /** All networks whose tag names other data. */
  readonly all: MeasuredSet;
  readonly maximum: NoisyMaximum;
  readonly sensitivity: readonly SensitivityRow[];
  /** How many of the networks of highest effective robustness to list. */
  readonly top: number;
}

/** One shift as rows of the tables of all shifts, and as tables of its own. */
export const tabulateShift = defineTask({
  module: import.meta.url,
  name: "tabulateShift",
  result: {
    summary: tableRow,
    noise: tableRow,
    data: tableRows,
    top: tableRows,
    sensitivity: tableRows,
  },
  run(args: TabulateShiftArgs) {
    const { title, line, level, pretrained, all, maximum } = args;
    const rows = (
      set: string,
      name: string,
      { groups, overall }: MeasuredSet,
    ) => {
      const members = groups.flatMap((group) => group.members);
      return [
        dataRow({ name, members, mean: overall }, { set, line }),
        ...groups.map((group) => dataRow(group, { set, line })),
      ];
    };
    return {
      summary: summaryRow(title, { line, ...pretrained }),
      noise: noiseRow(title, maximum),
      data: [
        ...rows("the paper’s", "any", pretrained),
        ...rows("all", "any", all),
      ],
      top: topRows(pretrained.groups, { line, level, n: args.top }),
      sensitivity: sensitivityRows(args.sensitivity),
    };
  },
});
