/**
 * An axis of the values of a parameter that were tried.
 *
 * @module
 */
import { smallest } from "../../../stats/intervals/extremes.ts";
import { formatBound, formatCounts } from "../../value/quantity.ts";
import type { SweepFigure } from "../../value/sweep_figure.ts";
import { apart } from "./ticks.ts";
import { textWidth } from "./plain_marks.ts";
import type { Axis } from "./pixels.ts";

/** An axis, and where values stand on it. */
export interface ParameterAxis {
  readonly x: Axis;
  /** Where a value stands, of the series at an index a little beside it. */
  readonly across: (value: number, index: number) => number;
}

/** Values of a parameter, alike in a figure: whole ones all with commas if one needs any. */
export function parameterTexts(values: readonly number[]): readonly string[] {
  return values.every(Number.isInteger)
    ? formatCounts(values)
    : values.map((value) => formatBound({ value }));
}

/** Ticks at the values that were tried, labelled as far as there is room. */
export function parameterAxis(
  { title, scale }: SweepFigure["parameter"],
  { values: tried, beside, length, font }: {
    /** In any order. */
    readonly values: readonly number[];
    /** How many series stand beside each other. */
    readonly beside: number;
    /** In pixels. */
    readonly length: number;
    readonly font: number;
  },
): ParameterAxis {
  const values = [...new Set(tried)].sort((a, b) => a - b);
  const exact = {
    linear: (value: number) => value,
    log: Math.log,
    even: (value: number) => values.indexOf(value),
  }[scale];
  const [first, last] = [exact(values[0] ?? 0), exact(values.at(-1) ?? 0)];
  const inset = Math.min(40, length / 8);
  /** Units of the axis in a pixel. */
  const unit = first === last ? 1 : (last - first) / (length - 2 * inset);
  const air = first === last ? length / 2 : inset * unit;
  const labels = parameterTexts(values);
  const label = (value: number) => labels[values.indexOf(value)] ?? "";
  const half = (value: number) => textWidth(label(value), font) / 2;
  const labelled = apart(values, {
    at: (value) => exact(value) / unit,
    gap: (before, value) => half(before) + half(value) + font * 0.5,
  });
  // Neighbours of one value keep clear of those of the next.
  const nearest = smallest([
    2 * inset,
    ...values.slice(1).map((value, i) =>
      (exact(value) - exact(values[i] ?? 0)) / unit
    ),
  ]);
  const step = Math.min(font * 0.75, nearest * 0.7 / beside);
  const note =
    { linear: "", log: " (logarithmic)", even: " (evenly spaced)" }[scale];
  return {
    x: {
      domain: [first - air, last + air],
      ticks: values.map((value) => ({
        at: exact(value),
        label: labelled.includes(value) ? label(value) : "",
      })),
      title: `${title}${note} →`,
    },
    across: (value, index) =>
      exact(value) + (index - (beside - 1) / 2) * step * unit,
  };
}
