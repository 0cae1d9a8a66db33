/**
 * The box of means in the paper's figure, where its legend is drawn.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { type LegendEntry, SAMPLE } from "../drawing/legend.ts";
import type { Extent } from "./on_the_line_frame.ts";
import { PAGE_COLOUR } from "../drawing/palette.ts";
import { textAt, textWidth } from "../drawing/pixel_marks.ts";
import { largest } from "../../../stats/intervals/extremes.ts";

/** The box of means: what stands in it, and its size in pixels. */
export interface RobustnessBox extends Extent {
  readonly title: string;
  readonly entries: readonly LegendEntry[];
}

/** The box of a title and of entries, as large as they need. */
export function robustnessBox(
  entries: readonly LegendEntry[],
  { title, font }: { readonly title: string; readonly font: number },
): RobustnessBox {
  if (entries.length === 0) return { title, entries, width: 0, height: 0 };
  const longest = largest([
    textWidth(title, font),
    ...entries.map(({ text }) => SAMPLE * font + textWidth(text, font)),
  ]);
  return {
    title,
    entries,
    width: Math.ceil(longest + font * 1.3),
    height: Math.ceil((entries.length + 1) * font * 1.5 + 10),
  };
}

/** Draws the box with its top left corner at a place. */
export function boxMarks(
  { title, entries, width, height }: RobustnessBox,
  { left, top, font }: {
    readonly left: number;
    readonly top: number;
    readonly font: number;
  },
): readonly Plot.Markish[] {
  if (entries.length === 0) return [];
  const line = (i: number) => top + 5 + font * 1.5 * (i + 0.5);
  const x = left + font * 0.6;
  return [
    Plot.rect([0], {
      x1: () => left,
      x2: () => left + width,
      y1: () => top,
      y2: () => top + height,
      fill: PAGE_COLOUR,
      fillOpacity: 0.9,
      stroke: "currentColor",
      strokeOpacity: 0.35,
      rx: 3,
    }),
    textAt(title, { x, y: line(0), weight: 600 }),
    ...entries.flatMap(({ text, sample }, i) => [
      ...sample({ x: x - font * 0.35, y: line(i + 1), font }),
      textAt(text, { x: x + SAMPLE * font, y: line(i + 1) }),
    ]),
  ];
}
