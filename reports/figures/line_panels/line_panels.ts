/**
 * Draws the paper's figure for several shifts side by side.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { largest } from "../../../stats/intervals/extremes.ts";
import { html } from "../../text/html.ts";
import type { LinePanelsFigure } from "../../value/line_panels_figure.ts";
import { rendered } from "../drawing/figure_content.ts";
import {
  type LegendEntry,
  legendHtml,
  legendMarks,
} from "../drawing/legend.ts";
import { shortened, textAt, textWidth } from "../drawing/pixel_marks.ts";
import type { Drawing, Panel as PlacedPanel } from "../drawing/pixels.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { draw } from "../drawing/svg.ts";
import { linesLegend } from "../on_the_line/on_the_line.ts";
import { describe, panelsSaid, sentencesOf } from "./line_panels_caption.ts";
import {
  panelsJson,
  panelsReadersTable,
  panelsTable,
} from "./line_panels_data.ts";
import { panelsOf, type Row, type RowPanel, rowsOf } from "./rows.ts";

/** Height of the plot of a panel over its width. */
const SHARE = 0.84;

/** A panel of a page: laid out for a third of its column, whatever its place. */
const PANEL: Sheet = { width: 256, font: 12 };

/**
 * Draws the figure and writes its caption, table, CSV and JSON. On a page every
 * panel is a drawing of its own, so that three stand in a row where there is
 * room.
 *
 * @throws {RangeError} if there is no panel
 */
export function linePanels(figure: LinePanelsFigure): RenderedFigure {
  if (figure.panels.length === 0) {
    throw new RangeError(`Cannot draw figure "${figure.id}": it has no panel`);
  }
  const rows = rowsOf(figure);
  return rendered(figure, {
    sentences: sentencesOf(rows),
    ...panelsSaid(figure, rows),
    data: panelsTable(rows),
    json: panelsJson(figure, rows),
    table: panelsReadersTable(rows),
    legend: [{ entries: sharedLegend(figure, rows) }],
    page: pageOf(figure, rows),
    plot: (sheet) => plotOf(rows, sheet),
  });
}

/** What is alike in all panels; the number of baselines is said if it is. The axes are too short to say their scale. */
function sharedLegend(
  { level, panels }: LinePanelsFigure,
  rows: readonly Row[],
): readonly LegendEntry[] {
  const has = (what: "hasMeans" | "hasSingles") =>
    panelsOf(rows).some(({ survey }) => survey[what]);
  const [n, ...others] = new Set(
    panels.map(({ baselines }) => baselines.length),
  );
  const scales = new Set(panels.map(({ line }) => line.scale));
  return [
    ...linesLegend({
      n: others.length === 0 ? n : undefined,
      level,
      hasMeans: has("hasMeans"),
      hasSingles: has("hasSingles"),
    }),
    { text: `axes: ${[...scales].join(" or ")} scale`, sample: () => [] },
  ];
}

/** A drawing for each panel, in a grid for each row. */
function pageOf({ id }: LinePanelsFigure, rows: readonly Row[]): string {
  const { width, font } = PANEL;
  const height = Math.round(width * SHARE);
  const place = { left: 0, top: 0, width, height, font };
  const all = panelsOf(rows);
  const drawing = (panel: RowPanel) =>
    draw({ width, font, height, panels: [panel.at(place)] }, {
      id: `${id}-drawing-${all.indexOf(panel) + 1}`,
      title: panel.figure.title,
      description: describe(panel),
    });
  return html`${
    rows.map((row) =>
      html`<div class="panels row">${
        row.map(({ head, panels }) =>
          html`<div><p><b>${head}</b></p>${
            panels.map((panel) =>
              html`<div class="drawing"><b>${panel.figure.title}</b>${
                panel.networks === undefined
                  ? null
                  : html`<small>${panel.networks}</small>`
              }${{ html: drawing(panel) }}${
                legendHtml([{ entries: panel.means }])
              }</div>`
            )
          }</div>`
        )
      }</div>`
    )
  }`.html;
}

/** All panels on one sheet, in rows of three or two or in a column. */
function plotOf(rows: readonly Row[], sheet: Sheet): Drawing {
  const { font } = sheet;
  const columns = isWide(sheet)
    ? rows.some((row) => panelsOf([row]).length === 3) ? 3 : 2
    : 1;
  const gutter = font * (columns === 3 ? 1.5 : 2.5);
  const width = (sheet.width - gutter * (columns - 1)) / columns;
  const panels: PlacedPanel[] = [];
  const marks: Plot.Markish[] = [];
  const textIn = (text: string, place: Parameters<typeof textAt>[1]) =>
    textAt(
      shortened(text, Math.floor(width / textWidth("x", font))),
      place,
    );
  let top = 0;
  for (const row of rows) {
    const cells = row.flatMap(({ head, panels }) =>
      panels.map((panel, i) => ({ panel, head: i === 0 ? head : undefined }))
    );
    for (let first = 0; first < cells.length; first += columns) {
      const line = cells.slice(first, first + columns);
      const at = (i: number) => ({
        x: i * (width + gutter),
        y: top + font * 0.8,
      });
      if (line.some(({ head }) => head !== undefined)) {
        line.forEach(({ head = "" }, i) =>
          marks.push(textIn(head, { ...at(i), weight: 600 }))
        );
        top += font * 2.2;
      }
      const named = line.some(({ panel }) => panel.networks !== undefined);
      const heights = line.map(({ panel }, i) => {
        const left = at(i).x;
        const start = top + font * (named ? 3.2 : 1.7);
        const height = Math.round(width * SHARE);
        const below = legendMarks(panel.means, {
          left,
          top: start + height,
          width,
          font,
        });
        panels.push(panel.at({ left, top: start, width, height, font }));
        marks.push(
          textIn(panel.figure.title, { ...at(i), weight: 600, soft: true }),
          ...panel.networks === undefined ? [] : [
            textIn(panel.networks, { ...at(i), dy: font * 1.5, soft: true }),
          ],
          below.marks,
        );
        return start - top + height + below.height;
      });
      top += largest(heights) + font * 1.5;
    }
  }
  return { width: sheet.width, font, height: top, panels, marks };
}
