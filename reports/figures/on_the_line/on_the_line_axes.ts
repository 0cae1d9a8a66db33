/**
 * Grid and axes of the paper's figure.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { axisTitles, TITLE_LINE } from "./axis_titles.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import type { Frame, Size } from "./on_the_line_frame.ts";
import { rules, textAt } from "../drawing/pixel_marks.ts";
import { ticks } from "../drawing/ticks.ts";

/** Grid, tick labels and titles of both axes. */
export function accuracyAxes(
  figure: OnTheLineFigure,
  { frame, size }: { readonly frame: Frame; readonly size: Size },
): readonly Plot.Markish[] {
  const { x, y, edges: { left, right, top, bottom }, toX, toY } = frame;
  const { font, gap } = size;
  const { scale } = figure.line;
  const across = ticks(x, { scale, length: right - left, gap: gap[0] });
  const up = ticks(y, { scale, length: bottom - top, gap: gap[1] });
  const titles = axisTitles(figure, size);
  return [
    rules([
      ...across.map(({ at }) => ({
        x1: toX(at),
        x2: toX(at),
        y1: top,
        y2: bottom,
      })),
      ...up.map(({ at }) => ({
        x1: left,
        x2: right,
        y1: toY(at),
        y2: toY(at),
      })),
    ], { opacity: 0.12 }),
    ...across.map(({ at, label }) =>
      textAt(label, { x: toX(at), y: bottom + font * 0.9, anchor: "middle" })
    ),
    ...titles.reference.map((title, i) =>
      textAt(title, {
        x: right,
        y: bottom + font * (2.3 + i * TITLE_LINE),
        anchor: "end",
      })
    ),
    ...up.map(({ at, label }) =>
      textAt(label, { x: left - 6, y: toY(at), anchor: "end" })
    ),
    ...titles.shifted.map((title, i) =>
      textAt(title, {
        x: size.left,
        y: size.top + font * (0.7 + i * TITLE_LINE),
      })
    ),
  ];
}
