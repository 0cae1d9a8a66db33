/**
 * Where things go in a sweep: a panel for effective robustness above one for
 * reference accuracy, over one axis of the parameter.
 *
 * @module
 */
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { takenMeans } from "../drawing/robustness_numbers.ts";
import { namesOf } from "../drawing/robustness_style.ts";
import { referenceOf, robustnessOf } from "./sweep_data.ts";
import type { SweepEstimate, SweepFigure } from "../../value/sweep_figure.ts";
import { largest, smallest } from "../../../stats/intervals/extremes.ts";

/** Sizes of a drawing in pixels. */
export interface SweepSize {
  readonly width: number;
  readonly font: number;
  /** Radius of a mark. */
  readonly mark: number;
  /** Heights of the two panels. */
  readonly heights: readonly [number, number];
}

/** The sizes for a sheet. */
export function sweepSize(sheet: Sheet): SweepSize {
  const { width, font } = sheet;
  const share = isWide(sheet) ? 0.395 : 0.58;
  return {
    width,
    font,
    mark: font * 0.44,
    heights: [width * share, width * share * 0.46],
  };
}

/** One panel: a vertical axis. */
export interface SweepPanel {
  /** Pixels of its upper and lower end. */
  readonly y: readonly [number, number];
  /** Values at its lower and upper end. */
  readonly domain: readonly [number, number];
  /** Pixel of a value. */
  readonly place: (value: number) => number;
}

/** One series: a group over one line. */
export interface Series {
  readonly group: string;
  readonly baselines: string;
  /** By value of the parameter. */
  readonly estimates: readonly SweepEstimate[];
}

/** The whole layout. */
export interface SweepFrame {
  readonly series: readonly Series[];
  /** Every value of the parameter, smallest first. */
  readonly values: readonly number[];
  /** Pixels of the ends of the axis of the parameter. */
  readonly x: readonly [number, number];
  /** Pixel of a value of the parameter; a series stands a little beside it. */
  readonly across: (value: number, series?: Series) => number;
  readonly robustness: SweepPanel;
  readonly accuracy: SweepPanel;
  /** Height of the drawing without its legend. */
  readonly height: number;
}

/** Lays the figure out. */
export function sweepFrame(figure: SweepFigure, size: SweepSize): SweepFrame {
  const { estimates, band, parameter } = figure;
  const { font, width, heights } = size;
  const values = [...new Set(estimates.map(({ at }) => at))]
    .sort((a, b) => a - b);
  const series = seriesOf(figure);
  const x = [font * 3.2, width - 12] as const;

  const scaled = (value: number) =>
    parameter.scale === "log"
      ? Math.log(value)
      : parameter.scale === "even"
      ? values.indexOf(value)
      : value;
  const [first, last] = [
    scaled(values[0] ?? 0),
    scaled(values.at(-1) ?? 0),
  ];
  const inset = Math.min(40, (x[1] - x[0]) / 8);
  const exact = (value: number) =>
    first === last ? (x[0] + x[1]) / 2 : x[0] + inset +
      (scaled(value) - first) / (last - first) * (x[1] - x[0] - 2 * inset);
  // Neighbours of one value keep clear of those of the next.
  const nearest = smallest([
    2 * inset,
    ...values.slice(1).map((value, i) => exact(value) - exact(values[i] ?? 0)),
  ]);
  const step = Math.min(size.mark * 1.7, nearest * 0.7 / series.length);
  const across = (value: number, mine?: Series) =>
    exact(value) +
    (mine === undefined
      ? 0
      : (series.indexOf(mine) - (series.length - 1) / 2) * step);

  const top = font * 1.9;
  const robustness = panel(
    [top, top + heights[0]],
    domain([
      0,
      ...estimates.flatMap((estimate) => [
        ...estimate.mean === null ? [] : [
          estimate.mean.mean,
          ...estimate.points.map((point) => robustnessOf(point, estimate)),
        ],
      ]),
      ...band === undefined ? [] : [band.low, band.high],
    ], takenMeans(estimates).flatMap(({ low, high }) => [low, high])),
  );
  const second = top + heights[0] + font * 2.8;
  const accuracy = panel(
    [second, second + heights[1]],
    figure.below === undefined
      ? domain(
        estimates.flatMap(({ points }) =>
          points.map(({ reference }) => reference)
        ),
        estimates.flatMap((estimate) => referenceOf(estimate).interval ?? []),
      )
      : domain(figure.below.values.map(({ value }) => value), []),
  );
  return {
    series,
    values,
    x,
    across,
    robustness,
    accuracy,
    height: second + heights[1] + font * 3.4,
  };
}

function seriesOf({ estimates }: SweepFigure): readonly Series[] {
  const { groups, baselines } = namesOf(estimates);
  return groups.flatMap((group) =>
    baselines.map((name) => ({
      group,
      baselines: name,
      estimates: estimates.filter((one) =>
        one.group === group && one.baselines === name
      ).toSorted((a, b) => a.at - b.at),
    })).filter((series) => series.estimates.length > 0)
  );
}

function panel(
  y: readonly [number, number],
  [low, high]: readonly [number, number],
): SweepPanel {
  return {
    y,
    domain: [low, high],
    place: (value) => y[1] - (value - low) / (high - low) * (y[1] - y[0]),
  };
}

/** The extent of points with air around it; intervals widen it by half at most. */
function domain(
  points: readonly number[],
  ends: readonly number[],
): readonly [number, number] {
  const [low, high] = [smallest(points), largest(points)];
  const range = Math.max(high - low, 0.02);
  const start = Math.max(Math.min(low, smallest(ends)), low - range / 2);
  const end = Math.min(Math.max(high, largest(ends)), high + range / 2);
  return [start - 0.06 * range, end + 0.06 * range];
}

/**
 * Refuses what cannot be drawn.
 *
 * @throws {RangeError} without estimates, for one without networks, or for a
 * value that has no place on the axis
 */
export function checkSweep(
  { id, estimates, parameter }: SweepFigure,
): void {
  if (estimates.length === 0) {
    throw new RangeError(`Cannot draw figure "${id}": it has no estimate`);
  }
  for (const { at, points, group } of estimates) {
    if (!Number.isFinite(at) || (parameter.scale === "log" && at <= 0)) {
      throw new RangeError(
        `Cannot draw figure "${id}": ${parameter.title} ${at} has no place on a ${parameter.scale} axis`,
      );
    }
    if (points.length === 0) {
      throw new RangeError(
        `Cannot draw figure "${id}": "${group}" has no network at ${parameter.title} ${at}`,
      );
    }
  }
}
