/**
 * Marks of what was measured: symbols, their intervals as bars, and series of
 * them along an axis.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { PAGE_COLOUR } from "./palette.ts";
import { type Rule, rules } from "./plain_marks.ts";

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
  const titled = places.some(({ title }) => title !== undefined);
  return Plot.dot(places, {
    x: "x",
    y: "y",
    symbol,
    r: radius,
    ...titled ? { title: "title" } : {},
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
    const [right, up] = [
      Math.sign(end.x - place.x),
      Math.sign(end.y - place.y),
    ];
    // Degrees by which an upward triangle turns to point out of the figure.
    const turn = Math.atan2(right, up) * 180 / Math.PI;
    return right === 0 && up === 0 ? [] : [{ ...place, turn }];
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
}

/** Marks with their intervals; single networks are faint. */
export function measuredMarks(
  places: readonly MeasuredPlace[],
  { axis = "y", ends = ENDLESS, ...look }: MeasuredLook,
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
    ...intervalBars(bars("interval"), { colour, ...box }),
    symbols(places, look),
  ];
}

/** The same, joined. */
export function seriesMarks(
  places: readonly MeasuredPlace[],
  { dash, ...look }: MeasuredLook & { readonly dash?: string | undefined },
): Plot.Markish[] {
  return [
    ...joined(places, { colour: look.colour, dash }),
    ...measuredMarks(places, look),
  ];
}

/** A line from place to place; none to a single one. */
function joined(
  places: readonly { readonly x: number; readonly y: number }[],
  { colour, dash }: {
    readonly colour: string;
    readonly dash?: string | undefined;
  },
): Plot.Markish[] {
  return places.length < 2 ? [] : [
    Plot.line(places, {
      x: "x",
      y: "y",
      stroke: colour,
      strokeWidth: 1.2,
      strokeOpacity: 0.7,
      strokeLinecap: "butt",
      ...dash === undefined ? {} : { strokeDasharray: dash },
    }),
  ];
}
