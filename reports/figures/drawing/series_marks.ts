/**
 * Marks of named series, each with a shape and a colour of its own, and their
 * legend.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { escapeMarkdown } from "../../text/escape.ts";
import { capital } from "../../value/wording.ts";
import { type LegendEntry, SAMPLE } from "./legend.ts";
import { groupStyle, PAGE_COLOUR } from "./palette.ts";

/** A place in pixels, from the top left corner. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** The mark of the series at `index`, filled or hollow. */
export function seriesMark(
  index: number,
  { x, y, r, hollow = false, title }: Pixel & {
    readonly r: number;
    readonly hollow?: boolean;
    readonly title?: string;
  },
): Plot.Markish {
  const { symbol, colour } = groupStyle(index);
  return Plot.dot([0], {
    x: () => x,
    y: () => y,
    symbol,
    r,
    fill: hollow ? PAGE_COLOUR : colour,
    stroke: hollow ? colour : PAGE_COLOUR,
    strokeWidth: hollow ? 1.6 : 0.8,
    ...title === undefined ? {} : { title: () => title },
  });
}

/** The legend of named series. */
export function seriesLegend(names: readonly string[]): readonly LegendEntry[] {
  return names.map((text, i) => ({
    text,
    sample: ({ x, y, font }) => [
      seriesMark(i, { x: x + SAMPLE * font / 2, y, r: font * 0.45 }),
    ],
  }));
}

/** Which shape is which series, for a caption: `Diamonds: *zero*; squares: *random*.` */
export function shapesSentence(names: readonly string[]): string {
  const text = names.map((name, i) =>
    `${groupStyle(i).shape}: *${escapeMarkdown(name)}*`
  ).join("; ");
  return `${capital(text)}.`;
}
