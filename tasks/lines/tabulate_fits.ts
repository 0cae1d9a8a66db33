import { defineTask } from "../../engine/define/task.ts";
import { type FitRow, fitTable } from "../../reports/value/fit_table.ts";
import { tableResult } from "../../reports/value/table_cells.ts";

/** The lines, each with the fits of its runs. */
export interface TabulateFitsArgs {
  readonly fits: readonly FitRow[];
}

/** A table of the baselines' lines, pooled and run by run. */
export const tabulateFits = defineTask({
  module: import.meta.url,
  name: "tabulateFits",
  result: tableResult,
  run({ fits }: TabulateFitsArgs) {
    return fitTable(fits);
  },
});
