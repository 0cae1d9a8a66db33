/**
 * Marks of what was measured: symbols, their intervals as bars, series of them
 * along an axis, and that axis.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { PAGE_COLOUR } from "./palette.ts";
import type { Axis } from "./pixels.ts";
import { type Rule, rules } from "./plain_marks.ts";
import { airy, hundredths } from "./ticks.ts";

/** How a symbol looks. */
export interface SymbolLook {
  readonly symbol: Plot.SymbolType;
  readonly colour: string;
  /** Filled, hollow, pale; or faint, as single networks are. */
  readonly filling: number | "faint";
  readonly radius: number;
}

/** Symbols of one look at some places, with titles to hover over. */
export function symbols(
  places: readonly {
    readonly x: number;
    readonly y: number;
    readonly title?: string;
  }[],
  { symbol, colour, filling, radius }: SymbolLook,
): Plot.Markish {
  return Plot.dot(places, {
    x: "x",
    y: "y",
    title: "title",
    symbol,
    r: radius,
    ...filling === "faint"
      ? { fill: colour, fillOpacity: 0.4, stroke: "none" }
      : {
        fill: filling === 1 ? PAGE_COLOUR : colour,
        fillOpacity: filling === 2 ? 0.35 : 1,
        stroke: filling === 0 ? PAGE_COLOUR : colour,
        strokeWidth: filling === 0 ? 1 : 1.8,
      },
  });
}

/** The ends of an axis, between which intervals are drawn. */
type Ends = readonly [number, number];

const ENDLESS: Ends = [-Infinity, Infinity];

/** Intervals as thin bars along an axis, cut at its ends, with an arrow where one goes on. */
export function intervalBars(
  bars: readonly Rule[],
  { colour, x = ENDLESS, y = ENDLESS }: {
    readonly colour: string;
    readonly x?: Ends;
    readonly y?: Ends;
  },
): Plot.Markish[] {
  const cut = bars.flatMap(({ x1, x2, y1, y2 }) => [
    { x: x1, y: y1 },
    { x: x2, y: y2 },
  ]).flatMap((end) => {
    const place = { x: within(end.x, x), y: within(end.y, y) };
    if (place.x === end.x && place.y === end.y) return [];
    // Degrees by which an upward triangle turns to point out of the figure.
    const turn = Math.atan2(end.x - place.x, end.y - place.y) * 180 / Math.PI;
    return [{ ...place, turn }];
  });
  return [
    rules(inside(bars, { x, y }), { colour, width: 1.5 }),
    cut.length === 0 ? null : Plot.dot(cut, {
      x: "x",
      y: "y",
      symbol: "triangle",
      rotate: "turn",
      r: 3.5,
      fill: colour,
    }),
  ];
}

function inside(
  bars: readonly Rule[],
  { x, y }: { readonly x: Ends; readonly y: Ends },
): readonly Rule[] {
  return bars.map(({ x1, x2, y1, y2 }) => ({
    x1: within(x1, x),
    x2: within(x2, x),
    y1: within(y1, y),
    y2: within(y2, y),
  }));
}

/** A number, or the end of the axis that it lies beyond. */
export function within(value: number, [low, high]: Ends): number {
  return Math.min(Math.max(value, low), high);
}

/** What was measured at a place, with what else is drawn there. */
export interface MeasuredPlace {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  /** Values of the networks of which it is the mean; several are drawn. */
  readonly singles?: readonly number[];
  readonly interval?: readonly [number, number] | null;
  /** Its interval from the line alone, a thick bar. */
  readonly lineAlone?: readonly [number, number];
}

/** How measured values look. */
export interface MeasuredLook extends SymbolLook {
  /** The axis of the values, and the ends between which it has intervals. */
  readonly axis?: "x" | "y";
  readonly ends?: Ends;
  /** Whether intervals are drawn over the marks, which are often wider, in the colour of the text. */
  readonly isOver?: boolean;
}

/** Marks with their intervals; single networks are faint. */
export function measuredMarks(
  places: readonly MeasuredPlace[],
  { axis = "y", ends = ENDLESS, isOver = false, ...look }: MeasuredLook,
): Plot.Markish[] {
  const { colour, radius } = look;
  const box = { x: ENDLESS, y: ENDLESS, [axis]: ends };
  const bars = (of: "interval" | "lineAlone") =>
    places.flatMap((place): readonly Rule[] => {
      const { x, y, [of]: interval = null } = place;
      if (interval === null) return [];
      const [from, to] = interval;
      return axis === "x"
        ? [{ x1: from, x2: to, y1: y, y2: y }]
        : [{ x1: x, x2: x, y1: from, y2: to }];
    });
  return [
    symbols(
      places.flatMap(({ singles = [], ...place }) =>
        (singles.length > 1 ? singles : []).map((value) => ({
          x: place.x,
          y: place.y,
          [axis]: value,
        }))
      ),
      { ...look, filling: "faint", radius: radius * 0.6 },
    ),
    rules(inside(bars("lineAlone"), box), { colour, width: 5, opacity: 0.35 }),
    ...isOver ? [symbols(places, look)] : [],
    ...intervalBars(bars("interval"), {
      colour: isOver ? "currentColor" : colour,
      ...box,
    }),
    ...isOver ? [] : [symbols(places, look)],
  ];
}

/** The same, joined where there are several. */
export function seriesMarks(
  places: readonly MeasuredPlace[],
  { dash = "none", ...look }: MeasuredLook & {
    readonly dash?: string | undefined;
  },
): Plot.Markish[] {
  const line = Plot.line(places, {
    x: "x",
    y: "y",
    stroke: look.colour,
    strokeWidth: 1.2,
    strokeOpacity: 0.7,
    strokeLinecap: "butt",
    strokeDasharray: dash,
  });
  return [places.length < 2 ? null : line, ...measuredMarks(places, look)];
}

/** The axis upward of places, the networks behind them and other values, in percentages or points; intervals widen it a little. */
export function axisOf(
  places: readonly Pick<MeasuredPlace, "y" | "singles" | "interval">[],
  { title, length, font, others = [] }: {
    readonly title: string;
    /** In pixels. */
    readonly length: number;
    readonly font: number;
    readonly others?: readonly number[];
  },
): Axis {
  const values = places.flatMap(({ y, singles = [] }) => [y, ...singles]);
  const ends = places.flatMap(({ interval }) => interval ?? []);
  const domain = airy([...others, ...values], { ends });
  const ticks = hundredths(domain, { length, gap: font * 2 });
  return { domain, ticks, title };
}
