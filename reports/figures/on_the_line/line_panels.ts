/**
 * Draws the paper's figure for several shifts side by side.
 *
 * @module
 */
import { html } from "../../text/html.ts";
import type { LinePanelsFigure } from "../../value/line_panels_figure.ts";
import { rendered } from "../drawing/figure_content.ts";
import {
  type LegendEntry,
  legendHtml,
  legendMarks,
} from "../drawing/legend.ts";
import { gridOn, type SheetCell } from "../drawing/panel_grid.ts";
import type { Drawing, Panel } from "../drawing/pixels.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import type { Sheet } from "../drawing/sheet.ts";
import { draw } from "../drawing/svg.ts";
import { linesLegend, meansLegend } from "./on_the_line.ts";
import { meanText } from "./on_the_line_caption.ts";
import { linePanel, type PanelPlace } from "./on_the_line_plot.ts";
import { describe, panelsSaid, sentencesOf } from "./line_panels_caption.ts";
import {
  panelsJson,
  panelsReadersTable,
  panelsTable,
} from "./line_panels_data.ts";
import {
  panelsOf,
  type Row,
  type RowPanel,
  rowsOf,
} from "./line_panels_rows.ts";

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
    { text: `axes: ${[...scales].join(" or ")} scale` },
  ];
}

/** A drawing for each panel, in a grid for each row. */
function pageOf({ id }: LinePanelsFigure, rows: readonly Row[]): string {
  const { width, font } = PANEL;
  const height = Math.round(width * SHARE);
  const place = { left: 0, top: 0, width, height, font };
  const all = panelsOf(rows);
  const drawing = (panel: RowPanel) =>
    draw({ width, font, height, panels: [panelAt(panel, place)] }, {
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
                legendHtml([{ entries: meansOf(panel) }])
              }</div>`
            )
          }</div>`
        )
      }</div>`
    )
  }`.html;
}

/** All panels on one sheet with their legends below, in rows of three or two or in a column. */
function plotOf(rows: readonly Row[], sheet: Sheet): Drawing {
  const cells = rows.map((row) =>
    row.flatMap(({ head, panels }) =>
      panels.map((panel, i): SheetCell => ({
        head: i === 0 ? head : undefined,
        title: panel.figure.title,
        note: panel.networks,
        at(place) {
          const height = Math.round(place.width * SHARE);
          const { top } = place;
          const below = legendMarks(meansOf(panel), {
            ...place,
            top: top + height,
          });
          return {
            panels: [panelAt(panel, { ...place, height })],
            marks: below.marks,
            height: height + below.height,
          };
        },
      }))
    )
  );
  return gridOn(sheet, cells, cells.some(({ length }) => length === 3) ? 3 : 2);
}

/** Axes, line and networks of a panel at a place. */
function panelAt(
  { figure, survey, styleAt }: RowPanel,
  place: PanelPlace,
): Panel {
  return linePanel(figure, { survey, place, styleAt, brief: true });
}

/** The groups of a panel with their means. */
function meansOf({ figure, styleAt }: RowPanel): readonly LegendEntry[] {
  return meansLegend(figure, {
    // Where it has no room beside the name, it goes to the next line as a whole.
    written: (group) =>
      `ER ${meanText(group, { digits: 1 })}`.replaceAll(" ", "\u00a0"),
    styleAt,
  });
}
