/**
 * The networks of the paper's figure.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { type Mark, markTitle } from "./on_the_line_data.ts";
import type { Frame, Size } from "./on_the_line_frame.ts";
import { type GroupStyle, PAGE_COLOUR } from "../drawing/palette.ts";
import { rules } from "../drawing/pixel_marks.ts";

interface Ground {
  readonly frame: Frame;
  readonly size: Size;
}

/** The baselines, as grey dots. */
export function baselineMarks(
  marks: readonly Mark[],
  { frame, size }: Ground,
): Plot.Markish {
  return Plot.dot(marks.filter(({ kind }) => kind === "baseline"), {
    ...placing(frame),
    r: size.mark * 0.58,
    fill: "currentColor",
    fillOpacity: 0.42,
    stroke: "none",
    title: markTitle,
  });
}

/** Bars and marks of one group. */
export function groupMarks(
  marks: readonly Mark[],
  { group, style: { symbol, colour }, frame, size }: Ground & {
    readonly group: number;
    readonly style: GroupStyle;
  },
): readonly Plot.Markish[] {
  const mine = marks.filter((mark) => mark.group === group);
  const members = mine.filter(({ kind }) => kind === "member");
  const at = { ...placing(frame), symbol };
  const singles = marks.filter(({ kind, n }) => kind === "member" && n === 1);
  return [
    rules(members.flatMap((mark) => barsOf(mark, frame)), {
      colour,
      width: 1.4,
    }),
    Plot.dot(mine.filter(({ kind }) => kind === "run"), {
      ...at,
      r: size.mark * 0.5,
      fill: colour,
      fillOpacity: 0.55,
      title: markTitle,
    }),
    Plot.dot(members.filter(({ n }) => n > 1), {
      ...at,
      r: size.mark,
      fill: colour,
      stroke: PAGE_COLOUR,
      title: markTitle,
    }),
    Plot.dot(members.filter(({ n }) => n === 1), {
      ...at,
      r: size.mark * (singles.length > 12 ? 0.6 : 0.85),
      fill: PAGE_COLOUR,
      stroke: colour,
      strokeWidth: 1.8,
      title: markTitle,
    }),
  ];
}

function placing({ place, toX, toY }: Frame) {
  return {
    x: ({ point }: Mark) => toX(place(point.reference)),
    y: ({ point }: Mark) => toY(place(point.shifted)),
  };
}

/** Intervals of both accuracies, cut at the frame. */
function barsOf(
  { point, reference, shifted }: Mark,
  { x, y, place, toX, toY }: Frame,
) {
  const [px, py] = [toX(place(point.reference)), toY(place(point.shifted))];
  const inX = (end: number) => toX(Math.min(Math.max(place(end), x[0]), x[1]));
  const inY = (end: number) => toY(Math.min(Math.max(place(end), y[0]), y[1]));
  const [left, right] = reference.interval ?? [];
  const [low, high] = shifted.interval ?? [];
  return [
    ...left === undefined || right === undefined
      ? []
      : [{ x1: inX(left), x2: inX(right), y1: py, y2: py }],
    ...low === undefined || high === undefined
      ? []
      : [{ x1: px, x2: px, y1: inY(low), y2: inY(high) }],
  ];
}
