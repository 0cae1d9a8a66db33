import { defineTask } from "../../engine/define/task.ts";
import type { Cell } from "../../reports/value/report.ts";
import { count, tableResult } from "../../reports/value/table_cells.ts";
import type { Agreement } from "../../stats/intervals/agreement.ts";

/** A row of the table: how far two splits of the same examples agree. */
export interface AgreementRow {
  /** What the columns `titles` say of it. */
  readonly cells: readonly string[];
  readonly agreement: Agreement;
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
  result: tableResult,
  run({ titles, rows }: TabulateAgreementArgs) {
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
      rows: rows.map(({ cells, agreement }): readonly Cell[] => [
        ...cells,
        count(agreement.both + agreement.onlyFirst),
        count(agreement.both + agreement.onlySecond),
        count(agreement.both),
        { value: agreement.agreement, unit: "percent" },
        agreement.kappa === null ? null : { value: agreement.kappa, digits: 2 },
        agreement.overlap === null
          ? null
          : { value: agreement.overlap, unit: "percent" },
      ]),
    };
  },
});
