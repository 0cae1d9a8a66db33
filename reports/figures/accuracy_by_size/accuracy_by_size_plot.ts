/**
 * Places accuracies over numbers of examples.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import type {
  AccuracyAtSize,
  AccuracyBySizeFigure,
  AccuracyBySizePanel,
} from "../../value/accuracy_by_size_figure.ts";
import { formatCount } from "../../value/quantity.ts";
import { percent, span } from "../drawing/columns.ts";
import {
  type LegendEntry,
  lineSample,
  seriesLegend,
} from "../drawing/legend.ts";
import { groupStyle } from "../drawing/palette.ts";
import type { GridCell, GridPlace } from "../drawing/panel_grid.ts";
import { parameterAxis } from "../drawing/parameter_axis.ts";
import type { Panel } from "../drawing/pixels.ts";
import { rules, shade } from "../drawing/plain_marks.ts";
import {
  intervalBars,
  seriesMarks,
  symbols,
  within,
} from "../drawing/series_marks.ts";
import { airy, hundredths } from "../drawing/ticks.ts";

type Crossing = NonNullable<AccuracyBySizePanel["crossings"]>[number];

/** Dashes of references, in order. */
const DASHES = ["7,4", "2,3", "10,3,2,3"];

/** Names of series in order of first mention, by which they have one look in all panels. */
export function namesOfSeries(
  panels: readonly AccuracyBySizePanel[],
): readonly string[] {
  return [
    ...new Set(panels.flatMap(({ series }) => series.map(({ name }) => name))),
  ];
}

/** The series, and the lines that they are held against. */
export function sizesLegend(
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
export function sizesPanel(
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
      title: ["↑ %"],
    },
    marks: [
      ...references.flatMap(({ title, value, ...reference }) => [
        ...[endsOf(reference)].filter((ends) => ends !== null).map((
          [low, high],
        ) =>
          shade({ x1, x2, y1: within(low, shown), y2: within(high, shown) }, {
            opacity: 0.1,
          })
        ),
        rules([{ x1, x2, y1: value, y2: value }], lookOf(all.indexOf(title))),
      ]),
      ...crossed.flatMap((crossing, i) =>
        crossingMarks(crossing, {
          style: style(crossing.series),
          y: shown[0] - (i + 0.5) * row,
          to: references.find(({ title }) => title === crossing.reference)
            ?.value ?? shown[0],
          ends: [x1, x2],
          title:
            `${panel.title}: ${crossing.series}\ncrosses ${crossing.reference} ${
              crossingText(crossing, size)
            }`,
        })
      ),
      ...series.flatMap(({ name, points }) =>
        seriesMarks(
          points.toSorted((a, b) => a.n - b.n).map((point) => {
            const { n, value, networks } = point;
            const interval = endsOf(point);
            return {
              x: across(n, 0),
              y: value,
              singles: networks,
              interval,
              title: `${name}, ${formatCount(n)} ${size}\n${panel.title} ${
                percent(value)
              }${
                interval === null
                  ? ""
                  : ` (${
                    span({ low: interval[0], high: interval[1] }, percent)
                  })`
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
export function crossingText(
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

/** A triangle where a series crosses a reference, its interval, and a line up to there. */
function crossingMarks(
  { at, low, high }: Crossing & { readonly at: number },
  { style, y, to, ends, title }: {
    readonly style: ReturnType<typeof groupStyle>;
    readonly y: number;
    readonly to: number;
    readonly ends: readonly [number, number];
    readonly title: string;
  },
): Plot.Markish[] {
  const { colour } = style;
  const x = Math.log(at);
  const interval = {
    x1: low === null ? -Infinity : Math.log(low),
    x2: high === null ? Infinity : Math.log(high),
    y1: y,
    y2: y,
  };
  return [
    rules([{ x1: x, x2: x, y1: y, y2: to }], { colour, dash: "1,3" }),
    ...intervalBars([interval], { colour, x: ends }),
    symbols([{ x, y, title }], {
      symbol: "triangle",
      colour,
      filling: 1,
      radius: 4,
    }),
  ];
}

/** Both ends of an interval, if there is one. */
function endsOf(
  { low, high }: Pick<AccuracyAtSize, "low" | "high">,
): readonly [number, number] | null {
  return low === null || high === null ? null : [low, high];
}
