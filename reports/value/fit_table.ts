/**
 * Fits of lines as rows of a table: each pooled line, then each run by itself.
 *
 * @module
 */
import type { RunFit } from "../../stats/lines/fit_runs.ts";
import type { Line } from "../../stats/lines/regression.ts";
import type { Cell, Table } from "./report.ts";

/** A line, and the fits of the runs that it pools. */
export interface FitRow {
  /** The line, e.g. "line of checkpoints". */
  readonly title: string;
  readonly pooled: Line;
  readonly runs: readonly RunFit[];
}

/** Columns and rows of a table of fits. Runs without a line of their own are left out. */
export function fitTable(
  fits: readonly FitRow[],
): Pick<Table, "columns" | "rows"> {
  return {
    columns: ["line", "through", "n", "slope", "intercept", "r²"],
    rows: fits.flatMap(({ title, pooled, runs }) => {
      const fitted = runs.filter(({ slope }) => slope !== null);
      return [
        rowOf(pooled, [title, "all"]),
        ...fitted.map((run) => rowOf(run, [title, run.name])),
      ];
    }),
  };
}

function rowOf(
  { n, slope, intercept, r2 }: RunFit | Line,
  names: readonly string[],
): readonly Cell[] {
  const number = (value: number | null): Cell =>
    value === null ? null : { value };
  return [
    ...names,
    { value: n, unit: "count" },
    number(slope),
    number(intercept),
    number(r2),
  ];
}
