/**
 * A figure for print: as wide as a column of a paper, with text of a size.
 *
 * @module
 */
import type { RenderedFigure } from "./rendered_figure.ts";

/** A width with its unit. */
export interface Length {
  readonly value: number;
  readonly unit: "cm" | "mm" | "in" | "pt";
}

/** How many points of a seventy-second of an inch a unit has. */
const POINTS: Readonly<Record<Length["unit"], number>> = {
  cm: 72 / 2.54,
  mm: 72 / 25.4,
  in: 72,
  pt: 1,
};

/** Size of the text of a figure in print, in points. */
const TEXT = 8;

/** Size of the text in the units of the drawing, as on a page. */
const FONT = 12;

/** The narrowest figure: in a narrower one the text has no room. */
export const NARROWEST: Length = { value: 5, unit: "cm" };

/** The widest figure: a wider one needs more than a page. */
export const WIDEST: Length = { value: 60, unit: "cm" };

/** A length in points. */
export function inPoints({ value, unit }: Length): number {
  return value * POINTS[unit];
}

/** A figure as an SVG file of a width, text at 8 points, colours written out. */
export function printFigure(
  { print }: Pick<RenderedFigure, "print">,
  { width }: { readonly width: Length },
): string {
  const svg = print({
    width: inPoints(width) * FONT / TEXT,
    font: FONT,
  });
  const [, across, up] = / viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const height = width.value * Number(up) / Number(across);
  return svg.replace(
    "<svg ",
    `<svg width="${width.value}${width.unit}" height="${
      Number(height.toFixed(4))
    }${width.unit}" `,
  );
}
