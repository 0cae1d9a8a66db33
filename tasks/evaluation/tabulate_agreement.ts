import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { tableRowsSchema } from "../../reports/value/interval_table.ts";
import type { Cell } from "../../reports/value/report.ts";
import type { Agreement } from "../../stats/intervals/agreement.ts";

/** How far two splits of the same examples agree. */
export interface AgreementRow {
  /** What the columns `titles` say of it. */
  readonly cells: readonly string[];
  readonly found: Agreement;
}

/** Pairs of splits, and what names them. */
export interface TabulateAgreementArgs {
  readonly titles: readonly string[];
  readonly rows: readonly AgreementRow[];
}

/** A table of the agreement of splits, with the sizes of their parts. */
export const tabulateAgreement = defineTask({
  module: import.meta.url,
  name: "tabulateAgreement",
  runsIn: "worker",
  result: {
    columns: json(z.array(z.string()).readonly()),
    rows: json(tableRowsSchema),
  },
  run({ titles, rows }: TabulateAgreementArgs) {
    const count = (value: number): Cell => ({ value, unit: "count" });
    return {
      columns: [
        ...titles,
        "in support by the first",
        "by the second",
        "by both",
        "agreement",
        "Cohen’s κ",
        "overlap",
      ],
      rows: rows.map(({ cells, found }): readonly Cell[] => [
        ...cells,
        count(found.both + found.onlyFirst),
        count(found.both + found.onlySecond),
        count(found.both),
        { value: found.agreement, unit: "percent" },
        found.kappa === null ? null : { value: found.kappa, digits: 2 },
        found.overlap === null
          ? null
          : { value: found.overlap, unit: "percent" },
      ]),
    };
  },
});
