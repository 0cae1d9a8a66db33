/**
 * Mean effective robustness with every error apart, as rows of a table.
 *
 * @module
 */
import type { ErrorComponent } from "../../stats/intervals/error_component.ts";
import type { MeanEffectiveRobustness } from "../../stats/lines/mean_effective_robustness.ts";
import type { RangeOverlap } from "../../stats/lines/range_overlap.ts";
import type { Cell, Table } from "./report.ts";
import { count, points, unsigned } from "./table_cells.ts";

/** One row: what was measured, and its mean effective robustness. */
export interface IntervalTableRow {
  /** What the columns `titles` say of it, e.g. shift, pre-training and line. */
  readonly cells: readonly string[];
  readonly mean: MeanEffectiveRobustness;
  /** How far the networks lie outside the baselines' range. */
  readonly overlap: RangeOverlap;
}

/** Columns and rows of a {@linkcode Table}. */
export type IntervalTable = Pick<Table, "columns" | "rows">;

/**
 * The combined interval, the half-widths that it is made of, the interval as
 * the paper prints it, and how far the networks lie outside the baselines'
 * range.
 *
 * @param titles titles of the columns that name a row
 * @throws {RangeError} if a row does not have a cell for each of them
 */
export function intervalTable(
  rows: readonly IntervalTableRow[],
  { titles }: { readonly titles: readonly string[] },
): IntervalTable {
  return {
    columns: [
      ...titles,
      "n",
      "mean ER, points",
      "from",
      "to",
      "± networks",
      "± test images",
      "± line",
      "paper’s ±",
      "inside range",
      "mean distance",
      "farthest",
    ],
    rows: rows.map(({ cells, mean, overlap }, i) => {
      if (cells.length !== titles.length) {
        throw new RangeError(
          `Cannot make a table of intervals: row ${
            i + 1
          } has ${cells.length} cells for ${titles.length} titles`,
        );
      }
      const { components, averagedColumns } = mean;
      return [
        ...cells,
        count(mean.n),
        points(mean.mean),
        points(mean.low),
        points(mean.high),
        halfWidth(components.betweenModels),
        halfWidth(components.testSet),
        halfWidth(components.line),
        unsigned(averagedColumns.halfWidth),
        `${overlap.inside} of ${overlap.n}`,
        unsigned(overlap.meanDistance),
        unsigned(overlap.maxDistance),
      ] satisfies readonly Cell[];
    }),
  };
}

function halfWidth(component: ErrorComponent | null): Cell {
  return component === null ? null : unsigned(component.halfWidth);
}
