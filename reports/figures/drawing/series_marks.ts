/**
 * Named series, each with a shape and a colour of its own: their marks along an
 * axis, their legend, and its words.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { escapeMarkdown } from "../../text/escape.ts";
import { capital } from "../../value/wording.ts";
import { intervalBars } from "./interval_marks.ts";
import type { LegendEntry } from "./legend.ts";
import { shapeSample } from "./legend_samples.ts";
import { groupStyle } from "./palette.ts";
import { faintSymbols, symbols } from "./symbols.ts";

/** A value of a series, with what else is drawn there. */
export interface SeriesPlace {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  /** Values of single networks, of which it is the mean. */
  readonly singles?: readonly number[];
  readonly interval?: readonly [number, number] | null;
}

/** The values of a series joined, each a mark with its interval; single networks are faint. */
export function seriesMarks(
  places: readonly SeriesPlace[],
  { dash, ends = [-Infinity, Infinity], ...look }:
    & Parameters<typeof symbols>[1]
    & {
      readonly dash?: string | undefined;
      /** Values at the ends of the axis, between which intervals are drawn. */
      readonly ends?: readonly [number, number];
    },
): Plot.Markish[] {
  const { colour, radius } = look;
  return [
    ...joined(places, { colour, dash }),
    faintSymbols(
      places.flatMap(({ x, singles = [] }) => singles.map((y) => ({ x, y }))),
      { ...look, radius: radius * 0.6 },
    ),
    ...intervalBars(
      places.flatMap(({ x: at, interval = null }) =>
        interval === null ? [] : [{ interval, along: { axis: "y", at, ends } }]
      ),
      { colour },
    ),
    symbols(places, look),
  ];
}

/** A line from place to place; none to a single one. */
export function joined(
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

/** The legend of named series. */
export function seriesLegend(names: readonly string[]): readonly LegendEntry[] {
  return names.map((text, i) => ({
    text,
    sample: shapeSample({ ...groupStyle(i), filling: 0, size: 0.45 }),
  }));
}

/** Which shape is which series, and how many they are, for a caption: `Diamonds: *zero*, n = 4; squares: *random*, n = 3.` */
export function shapesSentence(
  names: readonly string[],
  counts: readonly string[] = [],
): string {
  const text = names.map((name, i) =>
    `${groupStyle(i).shape}: *${escapeMarkdown(name)}*${
      counts[i] === undefined ? "" : `, n = ${counts[i]}`
    }`
  ).join("; ");
  return `${capital(text)}.`;
}
