/**
 * The numbers behind a sweep.
 *
 * @module
 */
import { effectiveRobustness } from "../../../stats/lines/effective_robustness.ts";
import { mean, meanAccuracy } from "../../../stats/intervals/mean.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { sharedSize } from "../drawing/shared_size.ts";
import type { CsvTable } from "../../text/csv.ts";
import { formatBound, formatNumber } from "../../value/quantity.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import {
  ROBUSTNESS_COLUMNS,
  ROBUSTNESS_TITLES,
  robustnessCells,
  robustnessText,
} from "../drawing/robustness_numbers.ts";
import type { SweepEstimate, SweepFigure } from "../../value/sweep_figure.ts";

/** A mean accuracy with its interval, where one is known. */
export interface SweptAccuracy {
  readonly mean: number;
  readonly interval: readonly [number, number] | null;
}

/** The estimates by value of the parameter; those of one value keep their order. */
export function inOrder(
  { estimates }: SweepFigure,
): readonly SweepEstimate[] {
  return estimates.toSorted((a, b) => a.at - b.at);
}

/** Mean reference accuracy of the networks of an estimate. */
export function referenceOf(
  { points, mean: measured }: SweepEstimate,
): SweptAccuracy {
  const accuracies = points.map(({ reference }) => reference);
  const size = sharedSize(points.map(({ referenceSize }) => referenceSize));
  if (accuracies.length < 2 && size === undefined) {
    return { mean: mean(accuracies), interval: null };
  }
  const { low, high } = meanAccuracy(accuracies, {
    size,
    level: measured?.level,
  });
  return { mean: mean(accuracies), interval: [low, high] };
}

/** Effective robustness of one network of an estimate. */
export function robustnessOf(point: Point, { line }: SweepEstimate): number {
  return effectiveRobustness(point, { line }).er;
}

/** What the lower panel shows of an estimate in the place of reference accuracy; nothing where it shows that. */
export function belowOf(
  { at, group }: SweepEstimate,
  { below }: SweepFigure,
): number | undefined {
  return below?.values.find((one) => one.at === at && one.group === group)
    ?.value;
}

/** Every estimate and every network at full precision, accuracies as fractions; what the lower panel shows besides in a last column. */
export function sweepTable(figure: SweepFigure): CsvTable {
  const { below } = figure;
  const last = (value: number | null) => below === undefined ? [] : [value];
  const nothing = ROBUSTNESS_COLUMNS.slice(2).map(() => null);
  return {
    columns: [
      "kind",
      "parameter",
      "group",
      "baselines",
      "model",
      "seed",
      "reference",
      "reference_low",
      "reference_high",
      "shifted",
      ...ROBUSTNESS_COLUMNS,
      "max_extrapolation",
      ...below === undefined ? [] : [below.title.replaceAll(" ", "_")],
    ],
    rows: inOrder(figure).flatMap((estimate) => {
      const { at, group, baselines, points, line } = estimate;
      const reference = referenceOf(estimate);
      return [
        [
          "mean",
          at,
          group,
          baselines,
          null,
          null,
          reference.mean,
          ...reference.interval ?? [null, null],
          mean(points.map(({ shifted }) => shifted)),
          ...robustnessCells(estimate.mean),
          rangeOverlap(points, line).maxDistance,
          ...last(belowOf(estimate, figure) ?? null),
        ],
        ...points.map((point) => [
          "run",
          at,
          group,
          baselines,
          point.model,
          point.seed ?? null,
          point.reference,
          null,
          null,
          point.shifted,
          1,
          robustnessOf(point, estimate),
          ...nothing,
          rangeOverlap([point], line).maxDistance,
          ...last(null),
        ]),
      ];
    }),
  };
}

/** Every estimate as a reader's table, in percentages and points. */
export function sweepReadersTable(
  figure: SweepFigure,
): RenderedFigure["table"] {
  const { below } = figure;
  const percent = (value: number | undefined) =>
    value === undefined ? "–" : formatNumber({ value, unit: "percent" });
  return {
    text: 2,
    columns: [
      "group",
      "line of",
      figure.parameter.title,
      ...below === undefined ? [] : [`${below.title}, %`],
      "reference, %",
      ...ROBUSTNESS_TITLES,
      "farthest",
    ],
    rows: inOrder(figure).map((estimate) => [
      estimate.group,
      estimate.baselines,
      formatBound({ value: estimate.at }),
      ...below === undefined ? [] : [percent(belowOf(estimate, figure))],
      percent(referenceOf(estimate).mean),
      ...robustnessText(estimate),
      formatNumber({
        value: rangeOverlap(estimate.points, estimate.line).maxDistance,
        unit: "points",
        signed: false,
      }),
    ]),
  };
}

/** Parameter and estimates for JSON, in fractions at full precision. */
export function sweepJson(figure: SweepFigure): unknown {
  const { parameter, band = null, below = null } = figure;
  return { parameter, band, below, estimates: inOrder(figure) };
}
