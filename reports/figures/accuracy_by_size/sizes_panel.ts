/**
 * A panel of accuracies against the number of training examples: its axes, the
 * series, and what these are compared with.
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
import { percent } from "../drawing/columns.ts";
import { groupStyle } from "../drawing/palette.ts";
import type { GridCell, GridPlace } from "../drawing/panel_grid.ts";
import { parameterAxis } from "../drawing/parameter_axis.ts";
import type { Axis, Panel } from "../drawing/pixels.ts";
import { rules, shade } from "../drawing/plain_marks.ts";
import { measuredMarks, seriesMarks, within } from "../drawing/series_marks.ts";
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

/** Names of series of one point in figures that have curves: they stand beside its size, to the right. */
export function namesBeside(
  panels: readonly AccuracyBySizePanel[],
): readonly string[] {
  const curves = new Set(
    panels.flatMap(({ series }) =>
      series.filter(({ points }) => points.length > 1).map(({ name }) => name)
    ),
  );
  return curves.size === 0
    ? []
    : namesOfSeries(panels).filter((name) => !curves.has(name));
}

/** Titles of the lines that series are compared with, in order of first mention. */
export function namesOfReferences(
  panels: readonly AccuracyBySizePanel[],
): readonly string[] {
  const titles = panels.flatMap(({ references }) =>
    references.map(({ title }) => title)
  );
  return [...new Set(titles)];
}

/** How the line at an index among {@linkcode namesOfReferences} looks. */
export function lookOf(
  index: number,
): { readonly width: number; readonly dash: string | undefined } {
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
  const alone = namesBeside(panels);
  const [left, right] = [begin + font * 3.2, begin + width - font * 0.5];
  const [top, bottom] = [start + font * 1.9, start + width * 0.66 + font * 1.9];
  const { x, across } = parameterAxis({ title: size, scale: "log" }, {
    values: panels.flatMap(({ series }) =>
      series.flatMap(({ points }) => points.map(({ n }) => n))
    ),
    // A crossing is where the marks of a curve say, so that none of these is moved aside.
    beside: 1 + 2 * alone.length,
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
  const style = (name: string) => ({
    ...groupStyle(names.indexOf(name)),
    filling: 0,
  });
  const all = namesOfReferences(panels);
  const ground: Ground = { x: x.domain, shown };
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
      ...references.flatMap((reference) =>
        referenceMarks(reference, {
          ...ground,
          look: lookOf(all.indexOf(reference.title)),
        })
      ),
      ...crossed.flatMap((crossing, i) =>
        crossingMarks(crossing, {
          ...ground,
          panel,
          size,
          colour: style(crossing.series).colour,
          y: shown[0] - (i + 0.5) * row,
        })
      ),
      ...series.flatMap(({ name, points }) =>
        seriesMarks(
          points.toSorted((a, b) => a.n - b.n).map((point) => ({
            x: across(point.n, alone.length + 1 + alone.indexOf(name)),
            y: point.value,
            singles: point.networks,
            interval: endsOf(point),
            title: pointTitle(point, { name, panel, size }),
          })),
          { ...style(name), radius: font * 0.4, ends: shown },
        )
      ),
    ],
  };
  return { panels: [placed], height: bottom - start + font * 3.2 };
}

/** The ends of the axis of sizes, and those between which accuracies stand: below them are crossings. */
interface Ground {
  readonly x: Axis["domain"];
  readonly shown: readonly [number, number];
}

/** A line that marks are compared with, shaded to its interval. */
function referenceMarks(
  { value, ...reference }: AccuracyBySizePanel["references"][number],
  { x: [x1, x2], shown, look }: Ground & {
    readonly look: ReturnType<typeof lookOf>;
  },
): Plot.Markish[] {
  const ends = endsOf(reference);
  return [
    ends === null ? null : shade({
      x1,
      x2,
      y1: within(ends[0], shown),
      y2: within(ends[1], shown),
    }, { opacity: 0.1 }),
    rules([{ x1, x2, y1: value, y2: value }], look),
  ];
}

/** Where a series crosses a line, with its interval, and a dotted line up to there. */
function crossingMarks(
  { at, low, high, series, reference }: Crossing & { readonly at: number },
  { x: ends, shown, panel, size, colour, y }: Ground & {
    readonly panel: AccuracyBySizePanel;
    readonly size: string;
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

/** What a mark says when one asks. */
function pointTitle(
  point: AccuracyAtSize,
  { name, panel, size }: {
    /** Of its series. */
    readonly name: string;
    readonly panel: AccuracyBySizePanel;
    readonly size: string;
  },
): string {
  const ends = endsOf(point)?.map((end) => percent(end)).join(" to ");
  return `${name}, ${formatCount(point.n)} ${size}\n${panel.title} ${
    percent(point.value)
  }${ends === undefined ? "" : ` (${ends})`}, n = ${point.networks.length}`;
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

/** Both ends of an interval, if there is one. */
function endsOf(
  { low, high }: Pick<AccuracyAtSize, "low" | "high">,
): readonly [number, number] | null {
  return low === null || high === null ? null : [low, high];
}
