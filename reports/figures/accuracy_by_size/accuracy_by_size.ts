/**
 * Draws accuracy against the number of training examples.
 *
 * @module
 */
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
  type LegendEntry,
  lineSample,
  seriesLegend,
  shapesSentence,
} from "../drawing/legend.ts";
import { groupStyle } from "../drawing/palette.ts";
import {
  type GridCell,
  type GridPlace,
  panelGrid,
} from "../drawing/panel_grid.ts";
import { parameterAxis } from "../drawing/parameter_axis.ts";
import type { Panel } from "../drawing/pixels.ts";
import { rules, shade } from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { measuredMarks, seriesMarks, within } from "../drawing/series_marks.ts";
import { airy, hundredths } from "../drawing/ticks.ts";

type Crossing = NonNullable<AccuracyBySizePanel["crossings"]>[number];

/** Dashes of references, in order. */
const DASHES = ["7,4", "2,3", "10,3,2,3"];

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
      `${
        shapesSentence(namesOfSeries(panels))
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

/** Names of series in order of first mention, by which they have one look in all panels. */
function namesOfSeries(
  panels: readonly AccuracyBySizePanel[],
): readonly string[] {
  return [
    ...new Set(panels.flatMap(({ series }) => series.map(({ name }) => name))),
  ];
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

function namesOfReferences(
  panels: readonly AccuracyBySizePanel[],
): readonly string[] {
  const titles = panels.flatMap(({ references }) =>
    references.map(({ title }) => title)
  );
  return [...new Set(titles)];
}

function lookOf(index: number) {
  return { width: 1.3, dash: DASHES[index % DASHES.length] };
}

/** One panel with its marks. */
function sizesPanel(
  panel: AccuracyBySizePanel,
  { figure: { panels, size }, left: begin, top: start, width, font }:
    & GridPlace
    & { readonly figure: AccuracyBySizeFigure },
): ReturnType<GridCell["at"]> {
  const { series, references, crossings = [] } = panel;
  const names = namesOfSeries(panels);
  const [left, right] = [begin + font * 3.2, begin + width - font * 0.5];
  const [top, bottom] = [start + font * 1.9, start + width * 0.66 + font * 1.9];
  const { x, across } = parameterAxis({ title: size, scale: "log" }, {
    values: panels.flatMap(({ series }) =>
      series.flatMap(({ points }) => points.map(({ n }) => n))
    ),
    // A crossing is where the marks say, so that none is moved aside.
    beside: 1,
    length: right - left,
    font,
  });
  const points = series.flatMap(({ points }) => points);
  const shown = airy(
    [...points, ...references].flatMap((one) => [
      one.value,
      ...("n" in one ? one.networks : []),
    ]),
    { ends: [...points, ...references].flatMap((one) => endsOf(one) ?? []) },
  );
  // Crossings stand below all marks, each in a row of its own.
  const crossed = crossings.flatMap(({ at, ...crossing }) =>
    at === null ? [] : [{ ...crossing, at }]
  );
  const row = font * 0.9 * (shown[1] - shown[0]) /
    (bottom - top - font * 0.9 * crossed.length);
  const domain = [shown[0] - crossed.length * row, shown[1]] as const;
  const [x1, x2] = x.domain;
  const style = (name: string) => ({
    ...groupStyle(names.indexOf(name)),
    filling: 0,
  });
  const all = namesOfReferences(panels);
  const placed: Panel = {
    left,
    right,
    top,
    bottom,
    start: begin,
    x,
    y: {
      domain,
      ticks: hundredths(domain, { length: bottom - top, gap: font * 2 })
        .filter(({ at }) => at >= shown[0]),
      title: "↑ %",
    },
    marks: [
      ...references.flatMap(({ title, value, ...reference }) => {
        const ends = endsOf(reference);
        const look = lookOf(all.indexOf(title));
        return [
          ends === null ? null : shade({
            x1,
            x2,
            y1: within(ends[0], shown),
            y2: within(ends[1], shown),
          }, { opacity: 0.1 }),
          rules([{ x1, x2, y1: value, y2: value }], look),
        ];
      }),
      ...crossed.flatMap(({ at, low, high, ...crossing }, i) => {
        const { colour } = style(crossing.series);
        const [x, y] = [Math.log(at), shown[0] - (i + 0.5) * row];
        const reference = references.find(({ title }) =>
          title === crossing.reference
        );
        const title =
          `${panel.title}: ${crossing.series}\ncrosses ${crossing.reference} ${
            crossingText({ at, low, high }, size)
          }`;
        return [
          // Up to where it crosses.
          rules([{ x1: x, x2: x, y1: y, y2: reference?.value ?? shown[0] }], {
            colour,
            dash: "1,3",
          }),
          ...measuredMarks([{
            x,
            y,
            title,
            interval: [
              low === null ? -Infinity : Math.log(low),
              high === null ? Infinity : Math.log(high),
            ],
          }], {
            symbol: "triangle",
            colour,
            filling: 1,
            radius: 4,
            axis: "x",
            ends: [x1, x2],
          }),
        ];
      }),
      ...series.flatMap(({ name, points }) =>
        seriesMarks(
          points.toSorted((a, b) => a.n - b.n).map((point) => {
            const { n, value, networks } = point;
            const interval = endsOf(point);
            const ends = interval?.map((end) => percent(end)).join(" to ");
            return {
              x: across(n, 0),
              y: value,
              singles: networks,
              interval,
              title: `${name}, ${formatCount(n)} ${size}\n${panel.title} ${
                percent(value)
              }${
                ends === undefined ? "" : ` (${ends})`
              }, n = ${networks.length}`,
            };
          }),
          { ...style(name), radius: font * 0.4, ends: shown },
        )
      ),
    ],
  };
  return { panels: [placed], height: bottom - start + font * 3.2 };
}

/** `at 93 examples (61 to 140)`, or after "does not cross" at which it does not. */
function crossingText(
  { at, low, high }: Omit<Crossing, "series" | "reference">,
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

/** Both ends of an interval, if there is one. */
function endsOf(
  { low, high }: Pick<AccuracyAtSize, "low" | "high">,
): readonly [number, number] | null {
  return low === null || high === null ? null : [low, high];
}
