/**
 * Drawings side by side: on a page each by itself, so that two stand in a row
 * where there is room; on a sheet in rows of two or in a column.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { largest } from "../../../stats/intervals/extremes.ts";
import { html } from "../../text/html.ts";
import { shortened, textAt, textWidth } from "./pixel_marks.ts";
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

/** One drawing of the grid. */
export interface GridCell {
  /** What stands above it. */
  readonly title: string;
  /** What it says, for those who cannot see it. */
  readonly description: string;
  readonly at: (place: GridPlace) => {
    readonly panels: readonly Panel[];
    readonly marks: readonly Plot.Markish[];
    readonly height: number;
  };
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
    plot: (sheet) => gridOn(sheet, cells),
  };
}

function gridOn(sheet: Sheet, cells: readonly GridCell[]): Drawing {
  const { font } = sheet;
  const columns = isWide(sheet) ? 2 : 1;
  const width = columns === 1 ? sheet.width : sheet.width / 2 - font;
  const longest = Math.floor(width / textWidth("x", font));
  const panels: (readonly Panel[])[] = [];
  const marks: Plot.Markish[] = [];
  let top = 0;
  for (let first = 0; first < cells.length; first += columns) {
    const heights = cells.slice(first, first + columns).map((cell, column) => {
      const left = column * (sheet.width - width);
      const y = top + font * 0.8;
      marks.push(
        textAt(shortened(cell.title, longest), { x: left, y, weight: 600 }),
      );
      const made = cell.at({ left, top: top + font * 1.8, width, font });
      panels.push(made.panels);
      marks.push([...made.marks]);
      return made.height;
    });
    top += largest(heights) + font * 3;
  }
  const height = top - font;
  return { width: sheet.width, font, height, panels: panels.flat(), marks };
}
