/**
 * The axes of a sweep.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { formatBound, formatNumber } from "../../value/quantity.ts";
import { apart, numberTicks } from "../drawing/number_ticks.ts";
import { type Rule, rules, textAt, textWidth } from "../drawing/pixel_marks.ts";
import type { SweepFigure } from "../../value/sweep_figure.ts";
import type { SweepFrame, SweepPanel, SweepSize } from "./sweep_frame.ts";

/** Grid, tick labels and title of one panel. */
export function axisMarks(
  panel: SweepPanel,
  { frame, size, title }: {
    readonly frame: SweepFrame;
    readonly size: SweepSize;
    readonly title: string;
  },
): readonly Plot.Markish[] {
  const [low, high] = panel.domain;
  const ticks = numberTicks([100 * low, 100 * high], {
    length: panel.y[1] - panel.y[0],
    gap: size.font * 2,
  });
  return [
    rules(ticks.map((tick) => level(panel.place(tick / 100), frame)), {
      opacity: 0.12,
    }),
    ...ticks.map((tick) =>
      textAt(
        formatNumber({ value: tick, digits: Number.isInteger(tick) ? 0 : 1 }),
        { x: frame.x[0] - 6, y: panel.place(tick / 100), anchor: "end" },
      )
    ),
    textAt(title, { x: 0, y: panel.y[0] - size.font }),
  ];
}

/** Ticks at the values that were tried, as far as their labels have room. */
export function parameterMarks(
  { parameter }: SweepFigure,
  { frame, size }: { readonly frame: SweepFrame; readonly size: SweepSize },
): readonly Plot.Markish[] {
  const { values, across, accuracy, robustness, x } = frame;
  const { font } = size;
  const label = (value: number) => formatBound({ value });
  const half = (value: number) => textWidth(label(value), font) / 2;
  const labelled = apart(values, {
    at: across,
    gap: (before, value) => half(before) + half(value) + font * 0.5,
  });
  const bottom = accuracy.y[1];
  return [
    ...[robustness, accuracy].map(({ y }) =>
      rules(
        values.map((value) => ({
          x1: across(value),
          x2: across(value),
          y1: y[0],
          y2: y[1],
        })),
        { opacity: 0.12 },
      )
    ),
    ...labelled.map((value) =>
      textAt(label(value), {
        x: across(value),
        y: bottom + font * 0.9,
        anchor: "middle",
      })
    ),
    textAt(`${parameter.title}${axisNote(parameter.scale)} →`, {
      x: x[1],
      y: bottom + font * 2.3,
      anchor: "end",
    }),
  ];
}

function axisNote(scale: SweepFigure["parameter"]["scale"]): string {
  return scale === "log"
    ? " (logarithmic)"
    : scale === "even"
    ? " (evenly spaced)"
    : "";
}

/** A line across both panels' width at a height. */
export function level(y: number, { x }: SweepFrame): Rule {
  return { x1: x[0], x2: x[1], y1: y, y2: y };
}
