/**
 * Marks of named series, each with a shape and a colour of its own, and their
 * key.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { groupStyle } from "./palette.ts";
import { textAt, textWidth } from "./pixel_marks.ts";

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
    fill: hollow ? "var(--page, #fff)" : colour,
    stroke: hollow ? colour : "var(--page, #fff)",
    strokeWidth: hollow ? 1.6 : 0.8,
    ...title === undefined ? { ariaHidden: "true" } : { title: () => title },
  });
}

/** A key of named series in rows that fit: its marks and its height. */
export function seriesKey(
  names: readonly string[],
  { width, font, top }: {
    readonly width: number;
    readonly font: number;
    readonly top: number;
  },
): { readonly marks: readonly Plot.Markish[]; readonly height: number } {
  const row = font * 1.7;
  let [left, line] = [0, 0];
  const marks = names.flatMap((name, i) => {
    const room = 22 + textWidth(name, font);
    if (left > 0 && left + room > width) [left, line] = [0, line + 1];
    const [x, y] = [left, top + row * (line + 0.5)];
    left += room + 14;
    return [
      seriesMark(i, { x: x + 8, y, r: font * 0.45 }),
      textAt(name, { x: x + 20, y }),
    ];
  });
  return { marks, height: row * (line + 1) };
}
