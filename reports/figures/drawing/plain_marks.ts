/**
 * Text, lines and areas, in the units of the plot that they are in.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import { SOFT_COLOUR } from "./palette.ts";

/** A text at a place. */
export function textAt(
  text: string,
  { x, y, anchor = "start", weight = 400, soft = false }: {
    readonly x: number;
    readonly y: number;
    readonly anchor?: "start" | "middle" | "end";
    readonly weight?: number;
    readonly soft?: boolean;
  },
): Plot.Markish {
  return Plot.text([text], {
    x: [x],
    y: [y],
    textAnchor: anchor,
    fontWeight: weight,
    fill: soft ? SOFT_COLOUR : "currentColor",
  });
}

/** A straight line, or two corners of an area. */
export interface Rule {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

/** The stretch of a straight line that lies in a box; none where it passes by. */
export function stretch(
  through: readonly [number, number],
  { along, box }: {
    /** Its direction. */
    readonly along: readonly [number, number];
    /** Ends of the box across, and up. */
    readonly box: readonly [
      readonly [number, number],
      readonly [number, number],
    ];
  },
): readonly Rule[] {
  // Where it enters and leaves the ends of each axis; never, if it runs beside it.
  const ways = ([0, 1] as const).map((axis) =>
    box[axis].map((edge) => (edge - through[axis]) / along[axis])
  );
  const [from, to] = [largest(ways.map(smallest)), smallest(ways.map(largest))];
  const on = (axis: 0 | 1, t: number) => through[axis] + t * along[axis];
  return from < to
    ? [{ x1: on(0, from), x2: on(0, to), y1: on(1, from), y2: on(1, to) }]
    : [];
}

/** Straight lines of one look, as one path. */
export function rules(
  lines: readonly Rule[],
  { colour = "currentColor", width = 1, opacity = 1, dash = "none", ...name }: {
    readonly colour?: string;
    readonly width?: number;
    readonly opacity?: number;
    readonly dash?: string | undefined;
    readonly className?: string;
  },
): Plot.Markish {
  const way = lines.flatMap(({ x1, x2, y1, y2 }) => [
    [x1, y1],
    [x2, y2],
    [NaN, NaN],
  ]);
  return Plot.line(way, {
    stroke: colour,
    strokeWidth: width,
    strokeOpacity: opacity,
    strokeLinecap: "butt",
    strokeLinejoin: "miter",
    strokeDasharray: dash,
    ...name,
  });
}

/** A shaded area. */
export function shade(
  { x1, x2, y1, y2 }: Rule,
  { colour = "currentColor", opacity = 1 }: {
    readonly colour?: string;
    readonly opacity?: number;
  },
): Plot.Markish {
  return Plot.rect([0], {
    x1: [x1],
    x2: [x2],
    y1: [y1],
    y2: [y2],
    fill: colour,
    fillOpacity: opacity,
  });
}

/** About how wide a text is: system fonts take 0.56 em a character, and the page's font is unknown here. */
export function textWidth(text: string, font: number): number {
  return text.length * font * 0.56;
}

/** A name cut to a length: names are people's own, and the caption has them whole. */
export function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
