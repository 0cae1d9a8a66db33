/**
 * Grid and axes of the paper's figure.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import type { OnTheLineFigure } from "./on_the_line_figure.ts";
import type { Frame, Size } from "./on_the_line_frame.ts";
import { rules, textAt } from "./pixel_marks.ts";
import { ticks } from "./ticks.ts";

/** Grid, tick labels and titles of both axes. */
export function accuracyAxes(
  { line, distributions }: OnTheLineFigure,
  { frame, size }: { readonly frame: Frame; readonly size: Size },
): readonly Plot.Markish[] {
  const { x, y, margin, toX, toY } = frame;
  const { font, gap } = size;
  const [left, right] = [margin.left, size.width - margin.right];
  const [top, bottom] = [margin.top, size.height - margin.bottom];
  const { scale } = line;
  const across = ticks(x, { scale, length: right - left, gap: gap[0] });
  const up = ticks(y, { scale, length: bottom - top, gap: gap[1] });
  const onScale = scale === "linear" ? "" : ` (${scale} scale)`;
  const name = (side: "reference" | "shifted") =>
    `${side === "reference" ? "Reference" : "Shifted"} accuracy` +
    (distributions === undefined ? "" : `: ${distributions[side]}`);
  return [
    rules([
      ...across.map(({ at }) => ({
        ...{ x1: toX(at), x2: toX(at), y1: top, y2: bottom },
      })),
      ...up.map(({ at }) => ({
        ...{ x1: left, x2: right, y1: toY(at), y2: toY(at) },
      })),
    ], { opacity: 0.12 }),
    ...across.map(({ at, label }) =>
      textAt(label, { x: toX(at), y: bottom + font * 0.9, anchor: "middle" })
    ),
    textAt(`${name("reference")}${onScale} →`, {
      x: right,
      y: bottom + font * 2.3,
      anchor: "end",
    }),
    ...up.map(({ at, label }) =>
      textAt(label, { x: left - 6, y: toY(at), anchor: "end" })
    ),
    textAt(`↑ ${name("shifted")}${onScale}`, { x: 0, y: font * 0.7 }),
  ];
}
