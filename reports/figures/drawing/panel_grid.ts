/**
 * Drawings side by side: on a page each by itself, so that two stand in a row
 * where there is room; on a sheet in rows of two or in a column.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { largest } from "../../../stats/intervals/extremes.ts";
import { html } from "../../text/html.ts";
import { shortened, textAt, textWidth } from "./plain_marks.ts";
import type { Drawing, Panel } from "./pixels.ts";
import { isWide, PAGE, type Sheet } from "./sheet.ts";
import { draw } from "./svg.ts";

/** Where a drawing of the grid stands. */
export interface GridPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly font: number;
}

/** One drawing on a sheet. */
export interface SheetCell {
  /** What stands above it. */
  readonly title: string;
  /** What stands above that, and above its neighbours to the right. */
  readonly head?: string | undefined;
  /** What stands below the title. */
  readonly note?: string | undefined;
  readonly at: (place: GridPlace) => {
    readonly panels: readonly Panel[];
    readonly marks: readonly Plot.Markish[];
    readonly height: number;
  };
}

/** One drawing of the grid. */
export interface GridCell extends SheetCell {
  /** What it says, for those who cannot see it. */
  readonly description: string;
}

/** The drawings for a page, and for a sheet. */
export function panelGrid(
  id: string,
  cells: readonly GridCell[],
): { readonly page: string; readonly plot: (sheet: Sheet) => Drawing } {
  const { width, font } = PAGE;
  const page = cells.map(({ title, description, at }, i) => {
    const made = at({ left: 0, top: 0, width, font });
    const names = { id: `${id}-drawing-${i + 1}`, title, description };
    return html`<div class="drawing"><b>${title}</b>${{
      html: draw({ width, font, ...made }, names),
    }}</div>`;
  });
  return {
    page: html`<div class="panels">${page}</div>`.html,
    plot: (sheet) => gridOn(sheet, [cells], 2),
  };
}

/** Rows of drawings on a sheet, beside each other in so many columns where there is room. */
export function gridOn(
  sheet: Sheet,
  rows: readonly (readonly SheetCell[])[],
  most: number,
): Drawing {
  const { font } = sheet;
  const columns = isWide(sheet) ? most : 1;
  const gutter = font * (columns > 2 ? 1.5 : 2);
  const width = (sheet.width - gutter * (columns - 1)) / columns;
  const longest = Math.floor(width / textWidth("x", font));
  const panels: (readonly Panel[])[] = [];
  const marks: Plot.Markish[] = [];
  let top = 0;
  for (const line of rows.flatMap((row) => linesOf(row, columns))) {
    const write = (
      textOf: (cell: SheetCell) => string | undefined,
      look: { readonly weight?: number; readonly soft?: boolean },
    ) => {
      if (line.every((cell) => textOf(cell) === undefined)) return;
      for (const [i, cell] of line.entries()) {
        const place = { x: i * (width + gutter), y: top + font * 0.8 };
        const text = shortened(textOf(cell) ?? "", longest);
        marks.push(textAt(text, { ...place, ...look }));
      }
      top += font * 1.5;
    };
    write(({ head }) => head, { weight: 600 });
    const soft = line.some(({ head }) => head !== undefined);
    write(({ title }) => title, { weight: 600, soft });
    write(({ note }) => note, { soft: true });
    top += font * 0.3;
    const heights = line.map(({ at }, i) => {
      const made = at({ left: i * (width + gutter), top, width, font });
      panels.push(made.panels);
      marks.push([...made.marks]);
      return made.height;
    });
    top += largest(heights) + font * 1.2;
  }
  return {
    width: sheet.width,
    font,
    height: top - font,
    panels: panels.flat(),
    marks,
  };
}

/** A row broken into lines of no more cells than there are columns. */
function linesOf(
  row: readonly SheetCell[],
  columns: number,
): readonly (readonly SheetCell[])[] {
  return [...Map.groupBy(row.keys(), (i) => Math.floor(i / columns)).values()]
    .map((line) => line.flatMap((i) => row[i] ?? []));
}
