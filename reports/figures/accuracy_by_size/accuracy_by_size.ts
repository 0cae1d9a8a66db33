/**
 * Draws accuracy against the number of training examples.
 *
 * @module
 */
import { escapeMarkdown } from "../../text/escape.ts";
import { plainText } from "../../text/plain_text.ts";
import type {
  AccuracyBySizeFigure,
  AccuracyBySizePanel,
} from "../../value/accuracy_by_size_figure.ts";
import { formatCount } from "../../value/quantity.ts";
import { levelText } from "../../value/wording.ts";
import { bare, percent, span } from "../drawing/columns.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import {
  type LegendEntry,
  lineSample,
  seriesLegend,
  shapesSentence,
} from "../drawing/legend.ts";
import { panelGrid } from "../drawing/panel_grid.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import {
  crossingText,
  lookOf,
  namesBeside,
  namesOfReferences,
  namesOfSeries,
  sizesPanel,
} from "./sizes_panel.ts";

/**
 * Draws the figure and writes its caption, table, CSV and JSON. On a page every
 * panel is a drawing of its own, so that two stand in a row where there is room.
 *
 * @throws {RangeError} for a panel without points, or a size that has no place
 * on the axis
 */
export function accuracyBySize(figure: AccuracyBySizeFigure): RenderedFigure {
  check(figure);
  const { id, size, level = 0.95, panels } = figure;
  const rows = panels.flatMap(rowsOf);
  const interval = levelText(level);
  return rendered(figure, {
    ...panelGrid(
      id,
      panels.map((panel) => ({
        title: panel.title,
        description: describe(panel, size),
        at: (place) => sizesPanel(panel, { ...place, figure }),
      })),
    ),
    sentences: panels.map((panel) => describe(panel, size)),
    reading: [
      `**By number of examples.** Each mark is the mean accuracy of the networks that were trained on so many ${
        escapeMarkdown(size)
      }, with its ${interval} interval; small faint marks are single networks. Dashed lines, shaded to their intervals, are what the marks are compared with. A triangle on the axis is where the mean crosses such a line, the bar its interval.`,
    ],
    details: [
      `${shapesSentence(namesOfSeries(panels))}${
        namesBeside(panels).length === 0
          ? ""
          : " Series of a single number stand a little to the right of it."
      } In the table n is the number of networks.`,
      ...panels.flatMap((panel) => crossingsOf(panel, size)),
    ],
    data: {
      columns: ["panel", "series", "n", "network", "accuracy", "low", "high"],
      rows: rows.flatMap((
        { panel, name, n, networks = [], value, low, high },
      ) => [
        [panel, name, n, null, value, low, high],
        ...networks.map((accuracy, i) => [
          ...[panel, name, n, i + 1, accuracy, null, null],
        ]),
      ]),
    },
    table: {
      text: 2,
      columns: ["panel", "series", size, "n", "accuracy, %", "interval, %"],
      rows: rows.map(({ panel, name, n, networks, value, low, high }) => [
        panel,
        name,
        n === null ? "–" : formatCount(n),
        networks === undefined ? "–" : formatCount(networks.length),
        bare(value),
        low === null || high === null ? "–" : span({ low, high }, bare),
      ]),
    },
    legend: sizesLegend(figure),
  });
}

/** What a panel shows, in plain words. */
function describe(panel: AccuracyBySizePanel, size: string): string {
  return [
    ...panel.series.map(({ name, points }) =>
      `${panel.title}, ${name}: ${
        points.map(({ n, value }) => `${percent(value)} with ${formatCount(n)}`)
          .join(", ")
      }.`
    ),
    ...crossingsOf(panel, size).map(plainText),
  ].join(" ");
}

function check(figure: AccuracyBySizeFigure): void {
  const { panels } = figure;
  for (const { title, series } of panels) {
    const points = series.flatMap(({ points }) => points);
    if (points.length === 0) refuse(figure, `"${title}" has no point`);
    for (const { n } of points) {
      if (!(n > 0 && n < Infinity)) {
        refuse(figure, `${n} examples have no place on a logarithmic axis`);
      }
    }
  }
}

/** Every mean with its networks, then every reference. */
function rowsOf({ title: panel, series, references }: AccuracyBySizePanel) {
  return [
    ...series.flatMap(({ name, points }) =>
      points.map((point) => ({ panel, name, ...point }))
    ),
    ...references.map(({ title: name, ...reference }) => (
      { panel, name, networks: undefined, ...reference, n: null }
    )),
  ];
}

/** Where series cross references, in Markdown, a sentence each. */
function crossingsOf(
  { title, crossings = [] }: AccuracyBySizePanel,
  size: string,
): readonly string[] {
  return crossings.map(({ series, reference, ...crossing }) =>
    `*${escapeMarkdown(title)}*: the curve “${escapeMarkdown(series)}” ${
      crossing.at === null ? "does not cross" : "crosses"
    } the line “${escapeMarkdown(reference)}” ${
      escapeMarkdown(crossingText(crossing, size))
    }.`
  );
}

/** The series, and the lines that they are held against. */
function sizesLegend(
  { panels }: AccuracyBySizeFigure,
): readonly LegendEntry[] {
  return [
    ...seriesLegend(namesOfSeries(panels)),
    ...namesOfReferences(panels).map((text, i): LegendEntry => ({
      text,
      sample: lineSample(lookOf(i)),
    })),
  ];
}
