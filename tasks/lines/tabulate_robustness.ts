import { defineTask } from "../../engine/define/task.ts";
import {
  intervalTable,
  type IntervalTableRow,
} from "../../reports/value/interval_table.ts";
import { tableResult } from "../../reports/value/table_cells.ts";
import type { PartRobustness } from "../../stats/lines/part_robustness.ts";

/** The rows, each a measurement, and what names them. */
export interface TabulateRobustnessArgs {
  /** Titles of the columns that name a row, e.g. shift, pre-training and line. */
  readonly titles: readonly string[];
  readonly rows: readonly (IntervalTableRow | PartRow)[];
}

/** A part of a shifted set as a row, left out where it has too few examples. */
export interface PartRow extends Pick<IntervalTableRow, "cells"> {
  readonly part: PartRobustness | null;
}

/** A table of mean effective robustness with every error apart. */
export const tabulateRobustness = defineTask({
  module: import.meta.url,
  name: "tabulateRobustness",
  result: tableResult,
  run({ titles, rows }: TabulateRobustnessArgs) {
    const measured = rows.flatMap((row): readonly IntervalTableRow[] => {
      if (!("part" in row)) return [row];
      const { cells, part } = row;
      return part === null ? [] : [{ ...part, cells }];
    });
    return intervalTable(measured, { titles });
  },
});
