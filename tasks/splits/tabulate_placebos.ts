import { defineTask } from "../../engine/define/task.ts";
import type { Estimate, TooFewExamples } from "../../reports/value/claim.ts";
import type { Cell } from "../../reports/value/report.ts";
import { points, tableResult } from "../../reports/value/table_cells.ts";

/** What placebos of one kind gave one group. */
export interface PlaceboRow {
  /** What the columns `titles` say of it. */
  readonly cells: readonly string[];
  readonly mean: Estimate | TooFewExamples;
  readonly range: readonly [number, number] | null;
  readonly observed: number | null;
  readonly p: number | null;
}

/** Placebos, and what names them. */
export interface TabulatePlacebosArgs {
  readonly titles: readonly string[];
  readonly rows: readonly PlaceboRow[];
}

/** A table of the differences that placebo splits make, beside that of the split itself. */
export const tabulatePlacebos = defineTask({
  module: import.meta.url,
  name: "tabulatePlacebos",
  result: tableResult,
  run({ titles, rows }: TabulatePlacebosArgs) {
    return {
      columns: [
        ...titles,
        "the split’s own difference",
        "mean of the placebos",
        "95% of them from",
        "to",
        "p",
      ],
      rows: rows.map(({ cells, mean, range, observed, p }): readonly Cell[] => [
        ...cells,
        observed === null ? null : points(observed),
        "tooFew" in mean ? "inconclusive: too few" : points(mean.value),
        ...range?.map(points) ?? [null, null],
        p === null ? null : { value: p, digits: 3 },
      ]),
    };
  },
});
