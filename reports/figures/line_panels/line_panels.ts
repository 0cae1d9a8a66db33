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
import { isWide, PAGE, type Sheet } from "../drawing/sheet.ts";
import { draw } from "../drawing/svg.ts";
import { linesLegend } from "../on_the_line/on_the_line.ts";
import type { Panel } from "../on_the_line/panel.ts";
import { describe, panelsSaid, sentencesOf } from "./line_panels_caption.ts";
import {
  panelsJson,
  panelsReadersTable,
  panelsTable,
} from "./line_panels_data.ts";
import { type Pair, pairsOf } from "./pairs.ts";

/** Height of the plot of a panel over its width. */
const SHARE = 0.84;

/**
 * Draws the figure and writes its caption, table, CSV and JSON. On a page every
 * panel is a drawing of its own, so that two stand in a row where there is room.
 *
 * @throws {RangeError} if there is no panel
 */
export function linePanels(figure: LinePanelsFigure): RenderedFigure {
  if (figure.panels.length === 0) {
    throw new RangeError(`Cannot draw figure "${figure.id}": it has no panel`);
  }
  const pairs = pairsOf(figure);
  return rendered(figure, {
    sentences: sentencesOf(pairs),
    ...panelsSaid(figure, pairs),
    data: panelsTable(pairs),
    json: panelsJson(figure, pairs),
    table: panelsReadersTable(pairs),
    legend: [{ entries: sharedLegend(figure, pairs) }],
    page: pageOf(figure, pairs),
    plot: (sheet) => plotOf(pairs, sheet),
  });
}

/** What is alike in all panels; the number of baselines is said if it is. */
function sharedLegend(
  { level, panels }: LinePanelsFigure,
  pairs: readonly Pair[],
): readonly LegendEntry[] {
  const has = (what: "hasMeans" | "hasSingles") =>
    pairs.some(({ panels }) => panels.some(({ survey }) => survey[what]));
  const [n, ...others] = new Set(
    panels.map(({ baselines }) => baselines.length),
  );
  return linesLegend({
    n: others.length === 0 ? n : undefined,
    level,
    hasMeans: has("hasMeans"),
    hasSingles: has("hasSingles"),
  });
}

/** A drawing for each panel, in a grid. */
function pageOf(
  { id }: LinePanelsFigure,
  pairs: readonly Pair[],
): string {
  const { width, font } = PAGE;
  const height = Math.round(width * SHARE);
  const place = { left: 0, top: 0, width, height, font };
  const drawing = (panel: Panel, name: string) =>
    draw({ width, font, height, panels: [panel.at(place)] }, {
      id: `${id}-drawing-${name}`,
      title: panel.figure.title,
      description: describe(panel),
    });
  return html`<div class="panels">${
    pairs.map(({ support, head, panels }) =>
      html`<p><b>${head}</b></p>${
        panels.map((panel, i) =>
          html`<div class="drawing"><b>${panel.figure.title}</b>${{
            html: drawing(panel, `${support}-${i + 1}`),
          }}${legendHtml([{ entries: panel.means }])}</div>`
        )
      }`
    )
  }</div>`.html;
}

/** All panels on one sheet, in rows of two or in a column. */
function plotOf(pairs: readonly Pair[], sheet: Sheet): Drawing {
  const { font } = sheet;
  const columns = isWide(sheet) ? 2 : 1;
  const gutter = font * 2.5;
  const width = (sheet.width - gutter * (columns - 1)) / columns;
  const panels: PlacedPanel[] = [];
  const marks: Plot.Markish[] = [];
  let top = 0;
  for (const { head, panels: pair } of pairs) {
    marks.push(textAt(head, { x: 0, y: top + font * 0.8, weight: 600 }));
    top += font * 2.2;
    for (let first = 0; first < pair.length; first += columns) {
      const heights = pair.slice(first, first + columns).map((panel, i) => {
        const left = i * (width + gutter);
        const start = top + font * 1.7;
        const height = Math.round(width * SHARE);
        const longest = Math.floor(width / textWidth("x", font));
        const below = legendMarks(panel.means, {
          left,
          top: start + height,
          width,
          font,
        });
        panels.push(panel.at({ left, top: start, width, height, font }));
        marks.push(
          textAt(shortened(panel.figure.title, longest), {
            x: left,
            y: top + font * 0.8,
            weight: 600,
            soft: true,
          }),
          below.marks,
        );
        return start - top + height + below.height;
      });
      top += largest(heights) + font * 1.5;
    }
  }
  return { width: sheet.width, font, height: top, panels, marks };
}
