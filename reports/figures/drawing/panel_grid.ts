/**
 * Drawings side by side: on a page each by itself, so that some stand in a row
 * where there is room; on a sheet in rows or in a column.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { largest } from "../../../stats/intervals/extremes.ts";
import { type Html, html } from "../../text/html.ts";
import type { FigureContent } from "./figure_content.ts";
import { type LegendEntry, legendHtml, withLegend } from "./legend.ts";
import {
  type Drawing,
  isWide,
  moved,
  PAGE,
  type Panel,
  type Sheet,
} from "./pixels.ts";
import { shortened, textAt, textWidth } from "./plain_marks.ts";
import { draw } from "./svg.ts";

/** One drawing of the grid. */
export interface GridCell {
  /** What stands above it. */
  readonly title: string;
  /** What it says, for those who cannot see it. */
  readonly description: string;
  /** What stands below the title. */
  readonly note?: string | undefined;
  /** What stands below it. */
  readonly legend?: readonly LegendEntry[];
  readonly plot: (sheet: Sheet) => Drawing;
}

/** Drawings of a row below one head. */
export interface GridPart {
  readonly head: string;
  readonly cells: readonly GridCell[];
}

/** Drawings for a page, and for a sheet. */
type Grid = Pick<FigureContent, "page" | "plot">;

/** Drawings of which two stand in a row. */
export function panelGrid(id: string, cells: readonly GridCell[]): Grid {
  const drawn = cells.map((cell, i) =>
    cellHtml(cell, { id: `${id}-drawing-${i + 1}`, sheet: PAGE })
  );
  return {
    page: html`<div class="panels">${drawn}</div>`.html,
    plot: (sheet) => gridOn(sheet, [cells], 2),
  };
}

/** A drawing of a row of three for a page: laid out for a third of it, whatever its place. */
const THIRD: Sheet = { width: 256, font: 12 };

/** Rows of drawings with heads; two or three fill a row. */
export function panelRows(
  id: string,
  rows: readonly (readonly GridPart[])[],
): Grid {
  let n = 0;
  const drawn = rows.map((row) =>
    html`<div class="panels row">${
      row.map(({ head, cells }) =>
        html`<div><p><b>${head}</b></p>${
          cells.map((cell) =>
            cellHtml(cell, { id: `${id}-drawing-${++n}`, sheet: THIRD })
          )
        }</div>`
      )
    }</div>`
  );
  const lines = rows.map((row) =>
    row.flatMap(({ head, cells }) =>
      cells.map((cell, i) => i === 0 ? { ...cell, head } : cell)
    )
  );
  const most = lines.some(({ length }) => length === 3) ? 3 : 2;
  return {
    page: html`${drawn}`.html,
    plot: (sheet) => gridOn(sheet, lines, most),
  };
}

function cellHtml(
  { title, description, note, legend = [], plot }: GridCell,
  { id, sheet }: { readonly id: string; readonly sheet: Sheet },
): Html {
  return html`<div class="drawing"><b>${title}</b>${
    note === undefined ? null : html`<small>${note}</small>`
  }${{ html: draw(plot(sheet), { id, title, description }) }}${
    legendHtml(legend)
  }</div>`;
}

/** Rows of drawings on a sheet, beside each other in so many columns where there is room. */
function gridOn(
  sheet: Sheet,
  rows: readonly (readonly (GridCell & { readonly head?: string })[])[],
  most: number,
): Drawing {
  const { font } = sheet;
  const columns = isWide(sheet) ? most : 1;
  const gutter = font * (columns > 2 ? 1.5 : 2);
  const width = (sheet.width - gutter * (columns - 1)) / columns;
  const longest = Math.floor(width / textWidth("x", font));
  const left = (i: number) => i * (width + gutter);
  const panels: (readonly Panel[])[] = [];
  const marks: Plot.Markish[] = [];
  let top = 0;
  const lines = rows.flatMap((row) =>
    row.flatMap((_, i) => i % columns === 0 ? [row.slice(i, i + columns)] : [])
  );
  for (const line of lines) {
    const write = (
      texts: readonly (string | undefined)[],
      look: { readonly weight?: number; readonly soft?: boolean },
    ) => {
      if (texts.every((text) => text === undefined)) return;
      for (const [i, text = ""] of texts.entries()) {
        const place = { x: left(i), y: top + font * 0.8 };
        marks.push(textAt(shortened(text, longest), { ...place, ...look }));
      }
      top += font * 1.5;
    };
    const soft = line.some(({ head }) => head !== undefined);
    write(line.map(({ head }) => head), { weight: 600 });
    write(line.map(({ title }) => title), { weight: 600, soft });
    write(line.map(({ note }) => note), { soft: true });
    top += font * 0.3;
    const drawn = line.map(({ plot, legend = [] }) =>
      withLegend(plot({ width, font }), legend)
    );
    panels.push(drawn.flatMap((one, i) => moved(one, { left: left(i), top })));
    top += largest(drawn.map(({ height }) => height)) + font * 1.2;
  }
  // Who reads or copies the text of the drawing has the heads first.
  const heads = { ...sheet, height: top - font, marks };
  const all = [moved(heads, { left: 0, top: 0 }), ...panels].flat();
  return { ...sheet, height: heads.height, panels: all };
}
