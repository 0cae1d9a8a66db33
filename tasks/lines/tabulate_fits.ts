import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { type FitRow, fitTable } from "../../reports/value/fit_table.ts";
import { tableRowsSchema } from "../../reports/value/interval_table.ts";

/** The lines, each with the fits of its runs. */
export interface TabulateFitsArgs {
  readonly fits: readonly FitRow[];
}

/** A table of the baselines' lines, pooled and run by run. */
export const tabulateFits = defineTask({
  module: import.meta.url,
  name: "tabulateFits",
  result: {
    columns: json(z.array(z.string()).readonly()),
    rows: json(tableRowsSchema),
  },
  run({ fits }: TabulateFitsArgs) {
    return fitTable(fits);
  },
});
