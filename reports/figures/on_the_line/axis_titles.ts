/**
 * Titles of the axes of the paper's figure. The names of distributions are
 * people's own and may be long.
 *
 * @module
 */
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import { shortened } from "../drawing/pixel_marks.ts";

/** Width of a character in a wide font, in em; a name may have wider ones. */
const CHARACTER = 0.52;

/** The lines of each title: one, or two where one is too long for the drawing. */
export interface AxisTitles {
  readonly reference: readonly string[];
  readonly shifted: readonly string[];
}

/** What the axes are called: the quantity, its scale, the distribution. */
export function axisTitles(
  { line: { scale }, distributions }: Pick<
    OnTheLineFigure,
    "line" | "distributions"
  >,
  { width, font }: { readonly width: number; readonly font: number },
): AxisTitles {
  const onScale = scale === "linear" ? "" : ` (${scale} scale)`;
  const most = Math.floor(width / (font * CHARACTER));
  const lines = (before: string, name: string | undefined, after: string) => {
    const whole = name === undefined
      ? `${before}${onScale}${after}`
      : `${before}: ${name}${onScale}${after}`;
    return name === undefined || whole.length <= most ? [whole] : [
      `${before}${onScale}${after}`,
      shortened(name, Math.floor(most * 0.88)),
    ];
  };
  return {
    reference: lines("Reference accuracy", distributions?.reference, " →"),
    shifted: lines("↑ Shifted accuracy", distributions?.shifted, ""),
  };
}

/** Distance of the lines of a title, in em. */
export const TITLE_LINE = 1.3;
