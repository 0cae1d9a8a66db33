/**
 * A dot with two intervals, along one axis of a figure.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { MeanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { type Rule, rules } from "./pixel_marks.ts";
import { type styleOf, symbols } from "./robustness_style.ts";

/** The axis along which the intervals lie. */
export interface Along {
  readonly axis: "x" | "y";
  /** Pixel on the other axis. */
  readonly at: number;
  /** Pixel of a value. */
  readonly place: (value: number) => number;
  /** Pixels between which intervals are drawn. */
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
): readonly Plot.Markish[] {
  const { colour } = style;
  const bar = (from: number, to: number) => [segment([from, to], along)];
  const { x, y } = point(along.place(mean), along);
  return [
    rules(bar(averagedColumns.low, averagedColumns.high), {
      colour,
      width: 5,
      opacity: 0.35,
    }),
    rules(bar(low, high), { colour, width: 1.5 }),
    ...arrows([low, high], { along, colour }),
    symbols([{ x, y, title }], {
      symbol: style.symbol,
      colour,
      filling: style.filling,
      radius,
    }),
  ];
}

/** A bar between two values, cut at the ends of the axis. */
export function segment(
  [from, to]: readonly [number, number],
  along: Along,
): Rule {
  const [a, b] = [
    point(inside(along.place(from), along), along),
    point(inside(along.place(to), along), along),
  ];
  return { x1: a.x, x2: b.x, y1: a.y, y2: b.y };
}

/** Small triangles where a bar was cut. */
export function arrows(
  values: readonly number[],
  { along, colour }: { readonly along: Along; readonly colour: string },
): readonly Plot.Markish[] {
  const cut = values.map(along.place).filter((pixel) =>
    inside(pixel, along) !== pixel
  );
  return cut.length === 0 ? [] : [
    Plot.dot(
      cut.map((pixel) => ({
        ...point(inside(pixel, along), along),
        turn: turnOf(pixel, along),
      })),
      {
        x: "x",
        y: "y",
        symbol: "triangle",
        rotate: "turn",
        r: 3.5,
        fill: colour,
        ariaHidden: "true",
      },
    ),
  ];
}

function point(pixel: number, { axis, at }: Along) {
  return axis === "x" ? { x: pixel, y: at } : { x: at, y: pixel };
}

function inside(pixel: number, { ends: [a, b] }: Along): number {
  return Math.min(Math.max(pixel, Math.min(a, b)), Math.max(a, b));
}

/** Degrees by which an upward triangle turns to point out of the figure. */
function turnOf(pixel: number, along: Along): number {
  const before = pixel < inside(pixel, along);
  if (along.axis === "x") return before ? -90 : 90;
  return before ? 0 : 180;
}
