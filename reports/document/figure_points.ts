/**
 * The files and the points of a figure, as HTML and Markdown both show them.
 *
 * @module
 */
import type { ReadersTable } from "../figures/drawing/rendered_figure.ts";
import { counted } from "../value/wording.ts";
import type { FigureBlock, TableBlock } from "./document.ts";

/** The way from a page to the files of a figure on it, without their endings. */
export function filesOf({ id, files = "./" }: FigureBlock): string {
  return files + id.replace(/^figure-/, "");
}

/** What opens the details of a figure and its points. */
export function pointsTitle(
  { rows, total = rows.length, selected }: ReadersTable,
): string {
  return selected === undefined
    ? `Details, and all numbers as a table (${counted(total, "row")})`
    : `Details, and ${selected.title.replace(/^The\b/, "the")} as a table`;
}

/** The points of a figure as a table: all, or those that matter most. */
export function pointsTable(
  { columns, rows, text, selected }: ReadersTable,
  label: string,
): TableBlock {
  return {
    kind: "table",
    layout: "scroll",
    label,
    columns: columns.map((title, i) => ({
      title,
      align: i < text ? undefined : "right",
    })),
    rows: selected?.rows ?? rows,
  };
}
