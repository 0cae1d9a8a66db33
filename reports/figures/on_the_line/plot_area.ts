/**
 * What is between the axes of the paper's figure, and the axes.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { predict } from "../../../stats/lines/regression.ts";
import { scales } from "../../../stats/lines/scale.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import { groupStyle, SOFT_COLOUR } from "../drawing/palette.ts";
import { type Rule, rules } from "../drawing/pixel_marks.ts";
import { accuracyAxes } from "./on_the_line_axes.ts";
import type { Frame, Size } from "./on_the_line_frame.ts";
import { baselineMarks, groupMarks } from "./on_the_line_marks.ts";
import type { Survey } from "./on_the_line_survey.ts";

/** Grid and axes, the line, the networks. */
export function plotArea(
  figure: OnTheLineFigure,
  { survey, frame, size, styleAt = groupStyle }: {
    readonly survey: Survey;
    readonly frame: Frame;
    readonly size: Size;
    /** The look of the group at an index; that of its place if left out. */
    readonly styleAt?: typeof groupStyle;
  },
): readonly Plot.Markish[] {
  const { drawn: marks } = survey;
  return [
    ...accuracyAxes(figure, { frame, size }),
    ...lineMarks(figure, frame),
    baselineMarks(marks, { frame, size }),
    ...figure.groups.flatMap((_, group) =>
      groupMarks(marks, { group, style: styleAt(group), frame, size })
    ),
  ];
}

/** Band, equal accuracies, and the line: thin where it is extrapolated. */
function lineMarks(
  { line, level = 0.95 }: OnTheLineFigure,
  frame: Frame,
): readonly Plot.Markish[] {
  const { x, y, toX, toY } = frame;
  const clampY = (value: number) => Math.min(Math.max(value, y[0]), y[1]);
  const { forward } = scales[line.scale];
  const band = Array.from({ length: 25 }, (_, i) => {
    const at = x[0] + (x[1] - x[0]) * i / 24;
    const { low, high } = predict(at, { line, level });
    const end = (value: number) => toY(clampY(safe(forward(value))));
    return { at: toX(at), low: end(low), high: end(high) };
  });
  const segment = (from: number, to: number) =>
    clipped([from, to], { ...line, frame });
  const [lowest, highest] = line.range.map((accuracy) => frame.place(accuracy));
  return [
    Plot.areaY(band, {
      x: "at",
      y1: "low",
      y2: "high",
      fill: "currentColor",
      fillOpacity: 0.12,
    }),
    rules(clipped(x, { slope: 1, intercept: 0, frame }), {
      colour: SOFT_COLOUR,
      dash: "5,4",
      width: 1.2,
    }),
    // The script of pages draws an arrow from this line to a mark.
    rules(segment(...x), { width: 1, className: "line" }),
    rules(segment(lowest ?? x[0], highest ?? x[1]), { width: 2.2 }),
  ];
}

/** The stretch of a straight line between two x that lies within the frame. */
function clipped(
  [from, to]: readonly [number, number],
  { slope, intercept, frame: { y, toX, toY } }: {
    readonly slope: number;
    readonly intercept: number;
    readonly frame: Frame;
  },
): readonly Rule[] {
  const crossings = y.map((value) => (value - intercept) / slope)
    .sort((a, b) => a - b);
  const level = slope === 0;
  const x1 = level ? from : Math.max(from, crossings[0] ?? from);
  const x2 = level ? to : Math.min(to, crossings[1] ?? to);
  const at = (value: number) => toY(slope * value + intercept);
  const visible = x1 < x2 &&
    (!level || (intercept >= y[0] && intercept <= y[1]));
  return visible ? [{ x1: toX(x1), x2: toX(x2), y1: at(x1), y2: at(x2) }] : [];
}

/** A finite stand-in for the ends of a scale. */
function safe(value: number): number {
  return Math.min(Math.max(value, -1e6), 1e6);
}
