/**
 * Draws accuracies of several classifiers, one row a distribution.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import type { AccuracyRowsFigure } from "../../value/accuracy_rows_figure.ts";
import { formatCount } from "../../value/quantity.ts";
import { bare, percent } from "../drawing/columns.ts";
import { rendered } from "../drawing/figure_content.ts";
import { seriesLegend, shapesSentence } from "../drawing/legend.ts";
import { groupStyle } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/pixels.ts";
import { shade, shortened, textAt, textWidth } from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { symbols } from "../drawing/series_marks.ts";
import { ticks } from "../drawing/ticks.ts";

/**
 * Draws the figure and writes its caption, table, CSV and JSON.
 *
 * @throws {RangeError} if a row has not one accuracy for each classifier, or one is no fraction
 */
export function accuracyRows(figure: AccuracyRowsFigure): RenderedFigure {
  const { classifiers, groups } = figure;
  const rows = groups.flatMap((group) =>
    group.rows.map((row) => ({ group: group.title, ...row }))
  );
  for (const { title, accuracies } of rows) {
    if (accuracies.length !== classifiers.length) {
      throw new RangeError(
        `Cannot draw the row "${title}": it has ${accuracies.length} accuracies for ${classifiers.length} classifiers`,
      );
    }
    const wrong = accuracies.find((one) => !(one >= 0 && one <= 1));
    if (wrong !== undefined) {
      throw new RangeError(
        `Cannot draw the row "${title}": its accuracy ${wrong} is no fraction; write 0.5 for 50%`,
      );
    }
  }
  const sizes = [...new Set(rows.map(({ n }) => n))].map((n) => formatCount(n));
  return rendered(figure, {
    plot: (sheet) => plotOf(figure, sheet),
    legend: seriesLegend(classifiers),
    sentences: rows.map(({ title, accuracies }) =>
      `${title}: ${extent(accuracies)}.`
    ),
    reading: [
      "**Rows of accuracies.** Each row is a distribution; grey runs from its lowest to its highest accuracy.",
    ],
    details: [
      `Test points in each row: ${sizes.join(" or ")}. ${
        shapesSentence(classifiers)
      }`,
    ],
    data: {
      columns: ["support", "distribution", "n", "classifier", "accuracy"],
      rows: rows.flatMap(({ group, title, n, accuracies }) =>
        accuracies.map((accuracy, i) => [
          ...[group, title, n, classifiers[i] ?? null, accuracy],
        ])
      ),
    },
    table: {
      text: 2,
      columns: [
        "support",
        "distribution",
        ...classifiers.map((name) => `${name}, %`),
      ],
      rows: rows.map(({ group, title, accuracies }) => [
        group,
        title,
        ...accuracies.map((value) => bare(value, 2)),
      ]),
    },
  });
}

/** `91.2% for all` or `78.1% to 93.0%`. */
function extent(accuracies: readonly number[]): string {
  const low = percent(smallest(accuracies));
  const high = percent(largest(accuracies));
  return low === high ? `${low} for all` : `${low} to ${high}`;
}

function plotOf(
  { classifiers, groups }: AccuracyRowsFigure,
  { width, font }: Sheet,
): Drawing {
  const all = groups.flatMap(({ rows }) =>
    rows.flatMap(({ accuracies }) => accuracies)
  );
  const domain = [
    Math.max(0, smallest(all) - 0.03),
    Math.min(1, largest(all) + 0.03),
  ] as const;
  const [left, right] = [font, width - textWidth("100%", font) / 2 - 2];
  // Where all coincide the area is a line, but one that is seen.
  const least = 3 * (domain[1] - domain[0]) / (right - left);
  const step = font * 0.95;
  const labels: Plot.Markish[] = [];
  const marks: Plot.Markish[] = [];
  let y = 0;
  for (const { title, rows } of groups) {
    labels.push(textAt(title, { x: 0, y: y + font * 0.8, weight: 600 }));
    y += font * 1.7;
    for (const { title, accuracies } of rows) {
      const at = y + font * 0.7;
      const range = extent(accuracies);
      const room = right - left - textWidth(`${range}  `, font);
      const most = Math.floor(room / textWidth("x", font));
      labels.push(
        textAt(shortened(title, most), { x: left, y: at }),
        textAt(range, { x: right, y: at, anchor: "end", soft: true }),
      );
      const y1 = y + font * 1.6;
      const y2 = y1 + step * classifiers.length;
      const [low, high] = [smallest(accuracies), largest(accuracies)];
      const air = Math.max(0, least - (high - low)) / 2;
      marks.push(
        shade({ x1: low - air, x2: high + air, y1, y2 }, { opacity: 0.12 }),
        accuracies.map((accuracy, i) =>
          symbols([{
            x: accuracy,
            y: y1 + step * (i + 0.5),
            title: `${classifiers[i]}\n${title}: ${percent(accuracy, 2)}`,
          }], { ...groupStyle(i), filling: 0, radius: font * 0.42 })
        ),
      );
      y = y2 + font * 0.5;
    }
    y += font * 0.4;
  }
  const panel = {
    left,
    right,
    top: 0,
    bottom: y,
    x: {
      domain,
      ticks: ticks(domain, { scale: "linear", length: right - left, gap: 44 }),
      title: "Accuracy →",
    },
    // Rows of several heights: up and down a unit is a pixel.
    y: { domain: [y, 0] as const, ticks: [] },
    marks: [...marks, Plot.frame({ anchor: "bottom", strokeOpacity: 0.5 })],
  };
  const height = y + font * 3.2;
  return { width, font, height, panels: [panel], marks: labels };
}
