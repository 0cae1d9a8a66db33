/**
 * The numbers of a mean effective robustness as columns and as words.
 *
 * @module
 */
import type { MeanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import type { CsvTable } from "../../text/csv.ts";
import { formatCount, formatNumber } from "../../value/quantity.ts";
import { counted } from "../../value/wording.ts";

/** A mean, or null and how few examples there are. */
export interface Measurement {
  readonly mean: MeanEffectiveRobustness | null;
  readonly examples?: number | undefined;
}

/** Titles of {@linkcode robustnessCells}. */
export const ROBUSTNESS_COLUMNS = [
  "n",
  "er",
  "low",
  "high",
  "half_between_networks",
  "half_test_set",
  "half_line",
  "line_only_low",
  "line_only_high",
] as const;

/** A mean with its interval, its components and the paper's interval, at full precision. */
export function robustnessCells(
  measured: MeanEffectiveRobustness | null,
): CsvTable["rows"][number] {
  if (measured === null) return ROBUSTNESS_COLUMNS.map(() => null);
  const { n, mean, low, high, components, averagedColumns } = measured;
  return [
    n,
    mean,
    low,
    high,
    components.betweenModels?.halfWidth ?? null,
    components.testSet?.halfWidth ?? null,
    components.line.halfWidth,
    averagedColumns.low,
    averagedColumns.high,
  ];
}

/** Titles of {@linkcode robustnessText}. */
export const ROBUSTNESS_TITLES = [
  "n",
  "mean ER, points",
  "interval",
  "± networks",
  "± test images",
  "± line",
] as const;

/** A mean with its interval and its components for readers, in points. */
export function robustnessText(
  { mean: measured, examples }: Measurement,
): readonly string[] {
  if (measured === null) {
    return [
      "–",
      tooFew(examples),
      ...ROBUSTNESS_TITLES.slice(2).map(() => "–"),
    ];
  }
  const { n, mean, low, high, components } = measured;
  const half = (component: { readonly halfWidth: number } | null) =>
    component === null ? "–" : formatNumber({
      value: component.halfWidth,
      unit: "points",
      signed: false,
    });
  return [
    String(n),
    points(mean),
    `${points(low)} to ${points(high)}`,
    half(components.betweenModels),
    half(components.testSet),
    half(components.line),
  ];
}

/** `+3.31 (+2.20 to +4.42) points, n = 3`, or that there are too few examples. */
export function robustnessWords(
  { mean: measured, examples }: Measurement,
): string {
  if (measured === null) return tooFew(examples);
  const { n, mean, low, high } = measured;
  const on = examples === undefined
    ? ""
    : `, on ${formatCount(examples)} test examples`;
  return `${points(mean)} (${points(low)} to ${
    points(high)
  }) points, n = ${n}${on}`;
}

/** Why there is no number: `inconclusive: 34 examples`. */
export function tooFew(examples: number | undefined): string {
  return examples === undefined
    ? "inconclusive"
    : `inconclusive: ${counted(examples, "example")}`;
}

/** The means of some measurements, without those of too few examples. */
export function takenMeans(
  measurements: readonly Measurement[],
): readonly MeanEffectiveRobustness[] {
  return measurements.map(({ mean }) => mean).filter((mean) => mean !== null);
}

function points(value: number): string {
  return formatNumber({ value, unit: "points" });
}
