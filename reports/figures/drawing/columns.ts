/**
 * Tables whose columns say what of a row they show, and numbers in their cells.
 *
 * @module
 */
import { formatNumber, formatQuantity } from "../../value/quantity.ts";
import type { CsvTable } from "../../text/csv.ts";
import type { ReadersTable } from "./rendered_figure.ts";

type DataCell = CsvTable["rows"][number][number];

/** Titles of columns, each with what it shows of a row: data at full precision, or text for readers. */
export type Columns<Row, Cell = DataCell> = readonly (readonly [
  title: string,
  cell: (row: Row) => Cell,
])[];

/** A table of some rows. */
export function tableOf<Row, Cell>(
  rows: readonly Row[],
  columns: Columns<Row, Cell>,
): {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
} {
  return {
    columns: columns.map(([title]) => title),
    rows: rows.map((row) => columns.map(([, cell]) => cell(row))),
  };
}

/** How many rows of a table a page has room for, and how many it shows of more. */
export const MANY = 40;
const SHOWN = 12;

/** Of more rows than a page has room for those of which there is most, told in a title. */
export function mostOf<Row>(
  rows: readonly Row[],
  columns: Columns<Row, string>,
  { by, title }: {
    readonly by: (row: Row) => number;
    /** Goes on after how many they are: "marks that are farthest from the line". */
    readonly title: string;
  },
): Pick<ReadersTable, "selected"> {
  if (rows.length <= MANY) return {};
  const most = rows.toSorted((a, b) => by(b) - by(a)).slice(0, SHOWN);
  return {
    selected: {
      title: `The ${SHOWN} of ${rows.length} ${title}`,
      rows: tableOf(most, columns).rows,
    },
  };
}

/** A share or an accuracy: `84.3%`. */
export function percent(value: number, digits?: number): string {
  return formatQuantity({ value, unit: "percent", digits });
}

/** The same where the title of the column says the unit; a dash where there is none. */
export function bare(
  value: number | null | undefined,
  digits?: number,
): string {
  return value === null || value === undefined
    ? "–"
    : formatNumber({ value, unit: "percent", digits });
}

/** A difference of accuracies in points: `+3.31`. */
export function points(value: number): string {
  return formatNumber({ value, unit: "points" });
}

/** A distance or a half-width in points, without a sign; a dash where there is none. */
export function unsigned(value: number | null | undefined): string {
  return value === null || value === undefined
    ? "–"
    : formatNumber({ value, unit: "points", signed: false });
}

/** Both ends of an interval: `+2.20 to +4.42`. */
export function span(
  { low, high }: { readonly low: number; readonly high: number },
  written = points,
): string {
  return `${written(low)} to ${written(high)}`;
}
