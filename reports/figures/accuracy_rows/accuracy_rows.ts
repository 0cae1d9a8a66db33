/**
 * Draws accuracies of several classifiers, one row a distribution.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { escapeMarkdown } from "../../text/escape.ts";
import { proseMarkdown } from "../../value/prose.ts";
import {
  formatCount,
  formatNumber,
  formatQuantity,
} from "../../value/quantity.ts";
import type { AccuracyRowsFigure } from "../../value/accuracy_rows_figure.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { rendered } from "../drawing/figure_content.ts";
import { legendMarks } from "../drawing/legend.ts";
import type { Sheet } from "../drawing/sheet.ts";
import { shapesSentence } from "../drawing/series_marks.ts";
import { rules, shade, textAt } from "../drawing/pixel_marks.ts";
import { type Drawing, pixelPlot } from "../drawing/pixels.ts";
import { plainText } from "../drawing/plain_text.ts";
import { seriesLegend, seriesMark } from "../drawing/series_marks.ts";
import { ticks } from "../drawing/ticks.ts";
import { largest, smallest } from "../../../stats/intervals/extremes.ts";

/**
 * Draws the figure and writes its caption, table, CSV and JSON.
 *
 * @throws {RangeError} if a row has not one accuracy for each classifier
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
  }
  const finding = proseMarkdown(figure.finding);
  const description = [
    plainText(finding),
    ...rows.map(({ title, accuracies }) => `${title}: ${extent(accuracies)}.`),
  ].join(" ");
  const sizes = [...new Set(rows.map(({ n }) => n))].map((n) => formatCount(n));
  return rendered(figure, {
    plot: (sheet) => plotOf(figure, sheet),
    legend: [{ entries: seriesLegend(classifiers) }],
    description,
    caption: [
      `**${escapeMarkdown(figure.title)}.** ${finding}`,
      `${shapesSentence(classifiers)} One row a distribution, of ${
        sizes.join(" or ")
      } test points; grey: from the lowest to the highest accuracy of the row.`,
      ...figure.note === undefined ? [] : [proseMarkdown(figure.note)],
    ],
    data: {
      columns: ["support", "distribution", "n", "classifier", "accuracy"],
      rows: rows.flatMap(({ group, title, n, accuracies }) =>
        accuracies.map((
          accuracy,
          i,
        ) => [group, title, n, classifiers[i] ?? null, accuracy])
      ),
    },
    json: JSON.stringify(
      { id: figure.id, units: "accuracies are fractions", classifiers, rows },
      null,
      1,
    ) + "\n",
    table: {
      text: 2,
      columns: [
        "support",
        "distribution",
        ...classifiers.map(
          (name) => `${name}, %`,
        ),
      ],
      rows: rows.map(({ group, title, accuracies }) => [
        group,
        title,
        ...accuracies.map((value) =>
          formatNumber({ value, unit: "percent", digits: 2 })
        ),
      ]),
    },
  });
}

/** `91.2% for all` or `78.1% to 93.0%`. */
function extent(accuracies: readonly number[]): string {
  const text = (value: number) => formatQuantity({ value, unit: "percent" });
  const [low, high] = [smallest(accuracies), largest(accuracies)];
  return low === high
    ? `${text(low)} for all`
    : `${text(low)} to ${text(high)}`;
}

function plotOf(
  { classifiers, groups }: AccuracyRowsFigure,
  { width, font, legend: place }: Sheet,
): Drawing {
  const all = groups.flatMap(({ rows }) =>
    rows.flatMap(({ accuracies }) => accuracies)
  );
  const domain = [
    Math.max(0, smallest(all) - 0.03),
    Math.min(1, largest(all) + 0.03),
  ] as const;
  const [left, right] = [font, width - font];
  const placeOf = (accuracy: number) =>
    left + (accuracy - domain[0]) / (domain[1] - domain[0]) * (right - left);
  const step = font * 0.95;
  const marks: Plot.Markish[] = [];
  let top = 0;
  for (const { title, rows } of groups) {
    marks.push(textAt(title, { x: 0, y: top + font * 0.8, weight: 600 }));
    top += font * 1.7;
    for (const row of rows) {
      const y = top + font * 0.7;
      const start = top + font * 1.6;
      const end = start + step * classifiers.length;
      const places = row.accuracies.map(placeOf);
      const [low, high] = [smallest(places), largest(places)];
      const middle = (low + high) / 2;
      marks.push(
        textAt(row.title, { x: left, y }),
        textAt(extent(row.accuracies), {
          x: right,
          y,
          anchor: "end",
          soft: true,
        }),
        // Where all coincide the area is a line, but one that is seen.
        shade({
          x1: Math.min(low, middle - 1.5),
          x2: Math.max(high, middle + 1.5),
          y1: start,
          y2: end,
        }, { opacity: 0.12 }),
      );
      for (const [i, accuracy] of row.accuracies.entries()) {
        marks.push(seriesMark(i, {
          x: placeOf(accuracy),
          y: start + step * (i + 0.5),
          r: font * 0.42,
          title: `${classifiers[i]}\n${row.title}: ${
            formatQuantity({ value: accuracy, unit: "percent", digits: 2 })
          }`,
        }));
      }
      top = end + font * 0.5;
    }
    top += font * 0.4;
  }
  const axis = ticks(domain, {
    scale: "linear",
    length: right - left,
    gap: 44,
  });
  const grid = axis.map(({ at }) => ({
    x1: placeOf(at),
    x2: placeOf(at),
    y1: 0,
    y2: top + 4,
  }));
  const legend = legendMarks(
    place === "drawn" ? seriesLegend(classifiers) : [],
    {
      width,
      font,
      top: top + font * 3.2,
    },
  );
  const height = Math.ceil(top + font * 3.2 + legend.height);
  return pixelPlot({ width, height, font }, [
    rules(grid, { opacity: 0.1 }),
    ...marks,
    rules([{ x1: left, x2: right, y1: top, y2: top }], { opacity: 0.5 }),
    ...axis.map(({ at, label }) =>
      textAt(label, { x: placeOf(at), y: top + font, anchor: "middle" })
    ),
    textAt("Accuracy →", { x: right, y: top + font * 2.3, anchor: "end" }),
    ...legend.marks,
  ]);
}
