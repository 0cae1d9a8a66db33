/**
 * A dot with two intervals, along one axis of a figure.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { MeanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { type Rule, rules } from "./plain_marks.ts";
import type { styleOf } from "./robustness_style.ts";
import { symbols } from "./symbols.ts";

/** The axis along which the intervals lie. */
export interface Along {
  readonly axis: "x" | "y";
  /** Where they lie on the other axis. */
  readonly at: number;
  /** Values at the ends of the axis, between which intervals are drawn. */
  readonly ends: readonly [number, number];
}

/** A mean effective robustness at its place. */
export interface PlacedMean {
  readonly mean: MeanEffectiveRobustness;
  readonly along: Along;
  /** What one reads over it. */
  readonly title: string;
}

/**
 * The combined intervals as thin bars, the paper's as thick ones, the means as
 * dots: those of one style together, so that the drawing says it once. An arrow
 * says where a bar goes on beyond the figure.
 */
export function estimateMarks(
  placed: readonly PlacedMean[],
  { style, radius }: {
    readonly style: ReturnType<typeof styleOf>;
    readonly radius: number;
  },
): Plot.Markish[] {
  const { colour } = style;
  return [
    rules(
      placed.map(({ mean: { averagedColumns: { low, high } }, along }) =>
        segment([low, high], along)
      ),
      { colour, width: 5, opacity: 0.35 },
    ),
    ...intervalBars(
      placed.map(({ mean: { low, high }, along }) => ({
        interval: [low, high],
        along,
      })),
      { colour },
    ),
    symbols(
      placed.map(({ mean, along, title }) => ({
        ...point(mean.mean, along),
        title,
      })),
      { symbol: style.symbol, colour, filling: style.filling, radius },
    ),
  ];
}

/** An interval along an axis. */
export interface PlacedInterval {
  readonly interval: readonly [number, number];
  readonly along: Along;
}

/** Intervals as thin bars, cut at the ends of their axes, with an arrow where one goes on. */
export function intervalBars(
  bars: readonly PlacedInterval[],
  { colour, width = 1.5 }: {
    readonly colour: string;
    readonly width?: number;
  },
): Plot.Markish[] {
  const cut = bars.flatMap(({ interval, along }) =>
    interval.filter((value) => inside(value, along) !== value).map((value) => ({
      ...point(inside(value, along), along),
      turn: turnOf(value, along),
    }))
  );
  return [
    rules(
      bars.map(({ interval, along }) => segment(interval, along)),
      { colour, width },
    ),
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

function segment([from, to]: readonly [number, number], along: Along): Rule {
  const [a, b] = [
    point(inside(from, along), along),
    point(inside(to, along), along),
  ];
  return { x1: a.x, x2: b.x, y1: a.y, y2: b.y };
}

function point(value: number, { axis, at }: Along) {
  return axis === "x" ? { x: value, y: at } : { x: at, y: value };
}

function inside(value: number, { ends: [low, high] }: Along): number {
  return Math.min(Math.max(value, low), high);
}

/** Degrees by which an upward triangle turns to point out of the figure. */
function turnOf(value: number, { axis, ends: [low] }: Along): number {
  if (axis === "x") return value < low ? -90 : 90;
  return value < low ? 180 : 0;
}
