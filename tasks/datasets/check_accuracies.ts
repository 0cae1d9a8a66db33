import { z } from "zod";
import { TIMM_ACCURACIES } from "../../data/tables/timm_accuracies.ts";
import {
  type OfEachTable,
  ofEachTable,
  timmResults,
} from "../../data/tables/timm_results.ts";
import { readTimmTable, type TimmRow } from "../../data/tables/timm_table.ts";
import { disagreements } from "../../data/tables/used_rows.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Accuracies that are kept with the code, and the tables that they are from. */
export interface CheckAccuraciesArgs {
  readonly copy: OfEachTable<readonly TimmRow[]>;
  readonly tables: OfEachTable<Uint8Array>;
}

/** How many accuracies were compared, if each is the one of its table. */
export const checkAccuracies = defineTask({
  module: import.meta.url,
  name: "checkAccuracies",
  result: json(z.int()),
  run({ copy, tables }: CheckAccuraciesArgs) {
    const [first, ...others] = disagreements({
      copy,
      tables: ofEachTable((name) =>
        readTimmTable({ title: timmResults[name].title, bytes: tables[name] })
      ),
    });
    if (first === undefined) {
      return Object.values(copy).reduce((sum, rows) => sum + rows.length, 0);
    }
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    throw new Error(
      `Cannot confirm ${TIMM_ACCURACIES}: ${first}${more}; write it anew with "deno task accuracies"`,
    );
  },
});
