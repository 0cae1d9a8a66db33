/**
 * A dot with two intervals, along one axis of a figure.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { MeanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { type Rule, rules } from "./pixel_marks.ts";
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

/**
 * The combined interval as a thin bar, the paper's as a thick one, the mean as
 * a dot. An arrow says where a bar goes on beyond the figure.
 */
export function estimateMarks(
  { mean, low, high, averagedColumns }: MeanEffectiveRobustness,
  { style, radius, along, title }: {
    readonly style: ReturnType<typeof styleOf>;
    readonly radius: number;
    readonly along: Along;
    readonly title: string;
  },
): Plot.Markish[] {
  const { colour } = style;
  return [
    rules([segment([averagedColumns.low, averagedColumns.high], along)], {
      colour,
      width: 5,
      opacity: 0.35,
    }),
    ...intervalBar([low, high], { along, colour }),
    symbols([{ ...point(mean, along), title }], {
      symbol: style.symbol,
      colour,
      filling: style.filling,
      radius,
    }),
  ];
}

/** An interval as a thin bar, cut at the ends of the axis, with an arrow where it goes on. */
export function intervalBar(
  interval: readonly [number, number],
  { along, colour }: { readonly along: Along; readonly colour: string },
): Plot.Markish[] {
  return [
    rules([segment(interval, along)], { colour, width: 1.5 }),
    ...arrows([{ interval, along }], { colour }),
  ];
}

/** Arrows where intervals go on beyond the ends of their axes. */
export function arrows(
  bars: readonly {
    readonly interval: readonly number[];
    readonly along: Along;
  }[],
  { colour }: { readonly colour: string },
): Plot.Markish[] {
  const cut = bars.flatMap(({ interval, along }) =>
    interval.filter((value) => inside(value, along) !== value).map((value) => ({
      ...point(inside(value, along), along),
      turn: turnOf(value, along),
    }))
  );
  return cut.length === 0 ? [] : [
    Plot.dot(cut, {
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
