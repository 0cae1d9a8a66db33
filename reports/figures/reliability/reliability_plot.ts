/**
 * Places the marks of reliability curves in their square.
 *
 * @module
 */
import {
  calibrationError,
  type ReliabilityBin,
} from "../../../stats/splits/reliability.ts";
import { formatCount, formatQuantity } from "../../value/quantity.ts";
import type {
  ReliabilityCurve,
  ReliabilityFigure,
} from "../../value/reliability_figure.ts";
import { percent, span } from "../drawing/columns.ts";
import {
  type LegendEntry,
  lineSample,
  seriesLegend,
} from "../drawing/legend.ts";
import { groupStyle, SOFT_COLOUR } from "../drawing/palette.ts";
import {
  type Drawing,
  isWide,
  type Panel,
  type Sheet,
} from "../drawing/pixels.ts";
import { rules } from "../drawing/plain_marks.ts";
import { seriesMarks } from "../drawing/series_marks.ts";
import { numberTicks } from "../drawing/ticks.ts";

/** A count with its share and its interval. */
export interface MeasuredBin extends ReliabilityBin {
  readonly curve: string;
  /** Index of its curve. */
  readonly series: number;
  /** Its place in the curve, from 1. */
  readonly place: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
}

/** The drawing on a sheet. */
export function reliabilityPlot(
  figure: ReliabilityFigure,
  { bins, sheet }: {
    readonly bins: readonly MeasuredBin[];
    readonly sheet: Sheet;
  },
): Drawing {
  const { width, font } = sheet;
  const left = font * 3.4;
  const top = font * 1.9;
  const side = Math.min(
    width - left - font,
    isWide(sheet) ? width * 0.6 : Infinity,
  );
  const bottom = top + side;
  const ticks = numberTicks([0, 100], { length: side, gap: font * 3.4 })
    .map((tick) => ({ at: tick / 100, label: `${tick}%` }));
  const {
    predicted = "predicted probability",
    observed = "observed share",
  } = figure;
  const panel: Panel = {
    left,
    right: left + side,
    top,
    bottom,
    x: { domain: [0, 1], ticks, title: `${predicted} →` },
    y: { domain: [0, 1], ticks, title: `↑ ${observed}` },
    marks: [
      rules([{ x1: 0, x2: 1, y1: 0, y2: 1 }], PERFECT),
      ...figure.curves.flatMap((_, series) => {
        const own = bins.filter((bin) => bin.series === series);
        return seriesMarks(
          own.map((bin) => ({
            x: bin.predicted,
            y: bin.observed,
            interval: [bin.low, bin.high],
            title: binTitle(bin, own.length),
          })),
          {
            ...groupStyle(series),
            filling: 0,
            radius: font * (own.length > 25 ? 0.22 : 0.36),
          },
        );
      }),
    ],
  };
  return { width, font, height: bottom + font * 3.2, panels: [panel] };
}

/** The look of the line of perfect calibration. */
const PERFECT = { dash: "5,4", width: 1.2, colour: SOFT_COLOUR };

/** Curves with their calibration errors, and the line of perfect calibration. */
export function reliabilityLegend(
  { curves }: ReliabilityFigure,
): readonly LegendEntry[] {
  return [
    ...seriesLegend(
      curves.map((curve) => `${curve.name}, ${errorText(curve)}`),
      { size: 0.4 },
    ),
    { text: "perfect calibration", sample: lineSample(PERFECT) },
  ];
}

/** `calibration error 1.20 points` */
export function errorText({ bins }: ReliabilityCurve): string {
  const value = calibrationError(bins);
  return `calibration error ${
    formatQuantity({ value, unit: "points", signed: false })
  }`;
}

function binTitle(bin: MeasuredBin, of: number): string {
  return `${bin.curve}, bin ${bin.place} of ${of}\npredicted ${
    percent(bin.predicted)
  }, observed ${percent(bin.observed)} (${span(bin, percent)}), n = ${
    formatCount(bin.n)
  }`;
}
