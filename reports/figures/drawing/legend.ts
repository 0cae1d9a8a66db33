/**
 * Legends of figures: drawn below them, or as a list beside the drawing; and the
 * samples of marks in them.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { escapeMarkdown } from "../../text/escape.ts";
import { type Html, html } from "../../text/html.ts";
import { capital } from "../../value/wording.ts";
import { groupStyle } from "./palette.ts";
import type { Drawing } from "./pixels.ts";
import { rules, shade, textAt, textWidth } from "./plain_marks.ts";
import { type SymbolLook, symbols } from "./series_marks.ts";
import { draw } from "./svg.ts";

/** One entry: a sample of a mark, and what it stands for; without a sample it is a remark. */
export interface LegendEntry {
  readonly text: string;
  readonly sample?: Sample | undefined;
}

/** Draws a sample, {@linkcode SAMPLE} em wide, from its left end; the text beside it is of that size. */
type Sample = (
  place: { readonly x: number; readonly y: number; readonly font: number },
) => readonly Plot.Markish[];

/** Width of a sample in em. */
export const SAMPLE = 1.8;

/** Air between a sample and its text in em. */
const GAP = 0.45;

/** Air on the left of a legend in pixels. */
const LEFT = 2;

/** A drawing with a legend below it, in rows that fit. */
export function withLegend(
  drawing: Drawing,
  entries: readonly LegendEntry[],
): Drawing {
  if (entries.length === 0) return drawing;
  const { width, font, height: top, marks = [] } = drawing;
  const line = font * 1.7;
  const before = (SAMPLE + GAP) * font;
  let [left, row] = [LEFT, 0];
  const wide = entries.some(({ text }) =>
    before + textWidth(text, font) > width
  );
  const lines = wide ? entries.flatMap(inTwo) : entries;
  const legend = lines.flatMap(({ text, sample }) => {
    const indent = sample === undefined ? 0 : before;
    const needed = indent + textWidth(text, font);
    if (left > LEFT && left + needed > width) [left, row] = [LEFT, row + 1];
    const [x, y] = [left, top + line * (row + 0.5)];
    left += needed + font * 1.4;
    return [
      ...sample?.({ x, y, font }) ?? [],
      textAt(text, { x: x + indent, y }),
    ];
  });
  return {
    ...drawing,
    height: top + line * (row + 1) + 4,
    marks: [...marks, ...legend],
  };
}

/** For legends that are too narrow: what follows a wide space is an entry without a sample. */
function inTwo({ text, sample }: LegendEntry): readonly LegendEntry[] {
  const [first = "", ...rest] = text.split("  ");
  return [
    { text: first, sample },
    ...rest.map((text) => ({ text, sample: () => [] })),
  ];
}

/** A legend as a list of a page. */
export function legendHtml(entries: readonly LegendEntry[]): Html | null {
  return entries.length === 0
    ? null
    : html`<ul class="key">${
      entries.map(({ text, sample }) =>
        html`<li>${sample === undefined ? null : sampleSvg(sample)}${text}</li>`
      )
    }</ul>`;
}

function sampleSvg(sample: Sample): Html {
  const font = 12;
  const [width, height] = [SAMPLE * font, 14];
  const marks = sample({ x: 0, y: height / 2, font });
  return { html: draw({ width, height, font, marks }, {}) };
}

/** A sample of a symbol, its radius told in em; by default that of the first group, in the colour of the text. */
export function shapeSample(
  { size, filling, symbol = groupStyle(0).symbol, colour = "currentColor" }:
    & Pick<SymbolLook, "filling">
    & Partial<SymbolLook>
    & { readonly size: number },
): Sample {
  return ({ x, y, font }) => {
    const look = { symbol, colour, filling, radius: font * size };
    return [symbols([{ x: x + SAMPLE * font / 2, y }], look)];
  };
}

/** A sample of a line. */
export function lineSample(look: Parameters<typeof rules>[1]): Sample {
  return ({ x, y, font }) => [
    rules([{ x1: x, x2: x + SAMPLE * font, y1: y, y2: y }], look),
  ];
}

/** A sample of a shaded area, as high as is told in em. */
export function shadeSample(
  { opacity, height }: { readonly opacity: number; readonly height: number },
): Sample {
  return ({ x, y, font }) => {
    const [y1, y2] = [y - font * height / 2, y + font * height / 2];
    return [shade({ x1: x, x2: x + SAMPLE * font, y1, y2 }, { opacity })];
  };
}

/** Several samples over each other, the last above. */
export function layered(...samples: readonly Sample[]): Sample {
  return (place) => samples.flatMap((sample) => sample(place));
}

/** The legend of named series, each with a shape and a colour of its own. */
export function seriesLegend(
  names: readonly string[],
): readonly LegendEntry[] {
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
