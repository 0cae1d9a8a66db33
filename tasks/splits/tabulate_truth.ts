import { defineTask } from "../../engine/define/task.ts";
import type { Estimate, TooFewExamples } from "../../reports/value/claim.ts";
import type { Cell } from "../../reports/value/report.ts";
import { points, tableResult } from "../../reports/value/table_cells.ts";

/** How far one split is from the truth. */
export interface TruthRow {
  /** What the columns `titles` say of it. */
  readonly cells: readonly string[];
  readonly auroc: Estimate | TooFewExamples;
  readonly misassigned: Estimate | TooFewExamples;
  readonly lost: { readonly inSupport: number; readonly outOfSupport: number };
  readonly inError: Estimate | TooFewExamples;
  readonly outError: Estimate | TooFewExamples;
}

/** Splits, and what names them. */
export interface TabulateTruthArgs {
  readonly titles: readonly string[];
  readonly rows: readonly TruthRow[];
}

/** A table of splits beside the truth. */
export const tabulateTruth = defineTask({
  module: import.meta.url,
  name: "tabulateTruth",
  result: tableResult,
  run({ titles, rows }: TabulateTruthArgs) {
    return {
      columns: [
        ...titles,
        "area under the curve",
        "in the wrong part",
        "of those in support",
        "of those out of support",
        "error of ER in support, points",
        "error of ER out of support, points",
      ],
      rows: rows.map((row): readonly Cell[] => [
        ...row.cells,
        numberOf(row.auroc),
        numberOf(row.misassigned),
        { value: row.lost.inSupport, unit: "percent" },
        { value: row.lost.outOfSupport, unit: "percent" },
        withInterval(row.inError),
        withInterval(row.outError),
      ]),
    };
  },
});

function numberOf(found: Estimate | TooFewExamples): Cell {
  return "tooFew" in found
    ? "too few"
    : { value: found.value, unit: found.unit };
}

function withInterval(found: Estimate | TooFewExamples): Cell {
  if ("tooFew" in found) return `inconclusive: n = ${found.tooFew}`;
  const { value, low, high } = found;
  return { ...points(value), low, high };
}
