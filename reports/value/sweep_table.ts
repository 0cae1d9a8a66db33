/**
 * Parts of a shifted set at several thresholds as rows of a table.
 *
 * @module
 */
import type { PartRobustness } from "../../stats/lines/part_robustness.ts";
import type { Cell, Table } from "./report.ts";
import { count, points } from "./table_cells.ts";

/** One part at one threshold. */
export interface SweepRow {
  readonly epsilon: number;
  readonly part: string;
  readonly examples: number;
  /** Null where the part has too few examples. */
  readonly robustness: PartRobustness | null;
}

/**
 * Columns and rows of a table of parts.
 *
 * @param options.n number of examples in both parts
 */
export function sweepTable(
  rows: readonly SweepRow[],
  { n }: { readonly n: number },
): Pick<Table, "columns" | "rows"> {
  return {
    columns: [
      "ε",
      "part",
      "examples",
      "share",
      "mean ER, points",
      "from",
      "to",
      "r² of the line",
    ],
    rows: rows.map(({ epsilon, part, examples, robustness }) => [
      { value: epsilon, digits: 2 },
      part,
      count(examples),
      { value: examples / n, unit: "percent" },
      ...robustnessCells(robustness),
    ]),
  };
}

function robustnessCells(robustness: PartRobustness | null): readonly Cell[] {
  if (robustness === null) return ["inconclusive: too few", null, null, null];
  const { mean: { mean, low, high }, line } = robustness;
  return [points(mean), points(low), points(high), {
    value: line.r2,
    digits: 2,
  }];
}
