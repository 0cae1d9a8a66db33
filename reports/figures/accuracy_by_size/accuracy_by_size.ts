/**
 * Draws accuracy against the number of training examples.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { escapeMarkdown } from "../../text/escape.ts";
import { plainText } from "../../text/plain_text.ts";
import type {
  AccuracyAtSize,
  AccuracyBySizeFigure,
  AccuracyBySizePanel,
} from "../../value/accuracy_by_size_figure.ts";
import { formatCount } from "../../value/quantity.ts";
import { levelText } from "../../value/wording.ts";
import { bare, percent, span } from "../drawing/columns.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import {
  layered,
  lineSample,
  seriesLegend,
  shapeSample,
  shapesSentence,
} from "../drawing/legend.ts";
import { groupStyle } from "../drawing/palette.ts";
import { panelGrid } from "../drawing/panel_grid.ts";
import { parameterAxis } from "../drawing/parameter_axis.ts";
import type { Drawing, Sheet } from "../drawing/pixels.ts";
import { rules, shade } from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { measuredMarks, seriesMarks, within } from "../drawing/series_marks.ts";
import { airy, hundredths } from "../drawing/ticks.ts";

type Crossing = NonNullable<AccuracyBySizePanel["crossings"]>[number];

/**
 * Draws the figure and writes its caption, table, CSV and JSON. On a page every
 * panel is a drawing of its own, so that two stand in a row where there is room.
 *
 * @throws {RangeError} for a panel without points, or a size that has no place
 * on the axis
 */
export function accuracyBySize(figure: AccuracyBySizeFigure): RenderedFigure {
  const { id, size, level = 0.95, panels } = figure;
  for (const { title, series } of panels) {
    const points = series.flatMap(({ points }) => points);
    if (points.length === 0) refuse(figure, `"${title}" has no point`);
    for (const { n } of points) {
      if (!(n > 0 && n < Infinity)) {
        refuse(figure, `${n} examples have no place on a logarithmic axis`);
      }
    }
  }
  const rows = panels.flatMap(rowsOf);
  const names = namesOf(figure);
  return rendered(figure, {
    ...panelGrid(
      id,
      panels.map((panel) => ({
        title: panel.title,
        description: describe(panel, size),
        plot: (sheet) => plotOf(panel, { figure, sheet }),
      })),
    ),
    sentences: panels.map((panel) => describe(panel, size)),
    reading: [
      `**By number of examples.** Each mark is the mean accuracy of the networks that were trained on so many ${
        escapeMarkdown(size)
      }, with its ${
        levelText(level)
      } interval; small faint marks are single networks. Dashed lines, shaded to their intervals, are what the marks are compared with. A triangle on the axis is where the mean crosses such a line, the bar its interval.`,
    ],
    details: [
      `${shapesSentence(names.series)}${
        names.beside.length === 0
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
    legend: [
      ...seriesLegend(names.series.map((name) => {
        const n = names.beside.includes(name) ? sizeOf(name, figure) : null;
        return n === null ? name : `${name} (${formatCount(n)}, moved right)`;
      })),
      ...panels.some(({ crossings = [] }) =>
          crossings.some(({ at }) => at !== null)
        )
        ? [{
          text: "where a curve crosses a line",
          sample: layered(
            lineSample({ width: 1.5 }),
            shapeSample({ symbol: "triangle", filling: 1, size: 0.33 }),
          ),
        }]
        : [],
      ...names.references.map((text, i) => (
        { text, sample: lineSample(lookOf(i)) }
      )),
    ],
  });
}

/** Names in order of first mention, by which series and the lines that they are compared with have one look in all panels. */
function namesOf({ panels }: AccuracyBySizeFigure) {
  const all = panels.flatMap(({ series }) => series);
  const series = [...new Set(all.map(({ name }) => name))];
  const curves = new Set(
    all.filter(({ points }) => points.length > 1).map(({ name }) => name),
  );
  const references = panels.flatMap(({ references }) => references);
  return {
    series,
    /** Of one point in figures that have curves: they stand beside its size, to the right. */
    beside: curves.size === 0 ? [] : series.filter((name) => !curves.has(name)),
    references: [...new Set(references.map(({ title }) => title))],
  };
}

/** The size of a series of one point. */
function sizeOf(
  name: string,
  { panels }: AccuracyBySizeFigure,
): number | null {
  return panels.flatMap(({ series }) => series)
    .find((one) => one.name === name)?.points[0]?.n ?? null;
}

/** Dashes of the lines that series are compared with. */
const DASHES = ["7,4", "2,3", "10,3,2,3"];

/** How the one at an index looks. */
function lookOf(index: number) {
  return { width: 1.3, dash: DASHES[index % DASHES.length] };
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

/** `at 93 examples (61 to 140)`, or after "does not cross" at which it does not. */
function crossingText(
  { at, low, high }: Pick<Crossing, "at" | "low" | "high">,
  size: string,
): string {
  const end = (value: number | null, beyond: string) =>
    value === null ? beyond : formatCount(value);
  return at === null
    ? `at any number of ${size} tried`
    : `at ${formatCount(at)} ${size} (${end(low, "below the smallest")} to ${
      end(high, "beyond the largest")
    })`;
}

/** One panel with its marks. */
function plotOf(
  panel: AccuracyBySizePanel,
  { figure, sheet: { width, font } }: {
    readonly figure: AccuracyBySizeFigure;
    readonly sheet: Sheet;
  },
): Drawing {
  const { panels, size } = figure;
  const { series, references, crossings = [] } = panel;
  const names = namesOf(figure);
  const [left, right] = [font * 3.2, width - font * 0.5];
  const [top, bottom] = [font * 1.9, width * 0.66 + font * 1.9];
  const { x, across } = parameterAxis({ title: size, scale: "log" }, {
    values: panels.flatMap(({ series }) =>
      series.flatMap(({ points }) => points.map(({ n }) => n))
    ),
    // A crossing is where the marks of a curve say, so that none of these is moved aside.
    beside: 1 + 2 * names.beside.length,
    length: right - left,
    font,
  });
  const all = [...series.flatMap(({ points }) => points), ...references];
  const shown = airy(
    all.flatMap((one) => [one.value, ...("n" in one ? one.networks : [])]),
    { ends: all.flatMap((one) => endsOf(one) ?? []) },
  );
  // Crossings stand below all marks, each in a row of its own.
  const crossed = crossings.flatMap(({ at, ...crossing }) =>
    at === null ? [] : [{ ...crossing, at }]
  );
  const row = font * 0.9 * (shown[1] - shown[0]) /
    (bottom - top - font * 0.9 * crossed.length);
  const domain = [shown[0] - crossed.length * row, shown[1]] as const;
  const style = (name: string) => ({
    ...groupStyle(names.series.indexOf(name)),
    filling: 0,
  });
  const ground: Ground = { ends: x.domain, shown, panel, size };
  const y = {
    domain,
    ticks: hundredths(domain, { length: bottom - top, gap: font * 2 })
      .filter(({ at }) => at >= shown[0]),
    title: "↑ accuracy, %",
  };
  const marks = [
    ...references.flatMap((reference) =>
      referenceMarks(reference, {
        ...ground,
        look: lookOf(names.references.indexOf(reference.title)),
      })
    ),
    ...crossed.flatMap((crossing, i) =>
      crossingMarks(crossing, {
        ...ground,
        colour: style(crossing.series).colour,
        y: shown[0] - (i + 0.5) * row,
      })
    ),
    ...series.flatMap(({ name, points }) => {
      const index = names.beside.length + 1 + names.beside.indexOf(name);
      const places = points.toSorted((a, b) => a.n - b.n).map((point) => {
        const { n, value, networks } = point;
        const interval = endsOf(point);
        const between = interval?.map((end) => percent(end)).join(" to ");
        return {
          x: across(n, index),
          y: value,
          singles: networks,
          interval,
          title: `${name}, ${formatCount(n)} ${size}\n${panel.title} ${
            percent(value)
          }${
            between === undefined ? "" : ` (${between})`
          }, n = ${networks.length}`,
        };
      });
      const look = { ...style(name), radius: font * 0.4, ends: shown };
      return seriesMarks(places, look);
    }),
  ];
  const drawn = { left, right, top, bottom, x, y, marks };
  return { width, font, height: bottom + font * 3.2, panels: [drawn] };
}

/** The ends of the axis of sizes, and those between which accuracies stand: below them are crossings; and what is drawn. */
interface Ground {
  readonly ends: readonly [number, number];
  readonly shown: readonly [number, number];
  readonly panel: AccuracyBySizePanel;
  readonly size: string;
}

/** A line that marks are compared with, shaded to its interval. */
function referenceMarks(
  { value, ...reference }: AccuracyBySizePanel["references"][number],
  { ends: [x1, x2], shown, look }: Ground & {
    readonly look: ReturnType<typeof lookOf>;
  },
): Plot.Markish[] {
  const [y1, y2] = (endsOf(reference) ?? []).map((end) => within(end, shown));
  return [
    y1 === undefined || y2 === undefined
      ? null
      : shade({ x1, x2, y1, y2 }, { opacity: 0.1 }),
    rules([{ x1, x2, y1: value, y2: value }], look),
  ];
}

/** Where a series crosses a line, with its interval, and a dotted line up to there. */
function crossingMarks(
  { at, low, high, series, reference }: Crossing & { readonly at: number },
  { ends, shown, panel, size, colour, y }: Ground & {
    readonly colour: string;
    /** The height at which it stands. */
    readonly y: number;
  },
): Plot.Markish[] {
  const x = Math.log(at);
  const top = panel.references.find(({ title }) => title === reference);
  return [
    rules([{ x1: x, x2: x, y1: y, y2: top?.value ?? shown[0] }], {
      colour,
      dash: "1,3",
    }),
    ...measuredMarks([{
      x,
      y,
      title: `${panel.title}: ${series}\ncrosses ${reference} ${
        crossingText({ at, low, high }, size)
      }`,
      interval: [
        low === null ? -Infinity : Math.log(low),
        high === null ? Infinity : Math.log(high),
      ],
    }], { symbol: "triangle", colour, filling: 1, radius: 4, axis: "x", ends }),
  ];
}

/** Both ends of an interval, if there is one. */
function endsOf(
  { low, high }: Pick<AccuracyAtSize, "low" | "high">,
): readonly [number, number] | null {
  return low === null || high === null ? null : [low, high];
}
