import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Estimate, TooFewExamples } from "../../reports/value/claim.ts";
import { tableRowsSchema } from "../../reports/value/interval_table.ts";
import type { Cell } from "../../reports/value/report.ts";

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
  result: {
    columns: json(z.array(z.string()).readonly()),
    rows: json(tableRowsSchema),
  },
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
        points(observed),
        "tooFew" in mean ? "inconclusive: too few" : points(mean.value),
        points(range?.[0] ?? null),
        points(range?.[1] ?? null),
        p === null ? null : { value: p, digits: 3 },
      ]),
    };
  },
});

/** Points without the word: the caption has it. */
function points(value: number | null): Cell {
  return value === null
    ? null
    : { value: 100 * value, digits: 2, signed: true };
}
