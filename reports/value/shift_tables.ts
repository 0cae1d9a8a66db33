/**
 * Effective robustness of published networks as rows of tables: in points,
 * without the word, which the titles of the columns have.
 *
 * @module
 */
import { effectiveRobustness } from "../../stats/lines/effective_robustness.ts";
import type { NoisyMaximum } from "../../stats/published/noisy_maximum.ts";
import type { Line } from "../../stats/lines/regression.ts";
import type { SensitivityRow } from "../../stats/published/sensitivity.ts";
import type { OverallMean, PretrainedGroup } from "./on_the_line_figure.ts";
import { formatNumber } from "./quantity.ts";
import type { Cell } from "./report.ts";
import { count, percent, points, unsigned } from "./table_cells.ts";
import { smallest } from "../../stats/intervals/extremes.ts";

type Row = readonly Cell[];

/** Columns of {@linkcode summaryRow}. */
export const SUMMARY_COLUMNS: readonly string[] = [
  "shift",
  "slope",
  "r²",
  "above the line",
  "mean ER, points",
  "± authors’",
  "± line",
  "± all",
  "highest ER",
];

/** A shift in one row: the fit, the mean with its three intervals, the maximum. */
export function summaryRow(
  title: string,
  { line, overall, authorsHalfWidth, above }: {
    readonly line: Line;
    readonly overall: OverallMean["mean"];
    readonly authorsHalfWidth: number;
    readonly above: number;
  },
): Row {
  const { averagedColumns: columns } = overall;
  return [
    title,
    { value: line.slope },
    { value: line.r2 },
    `${above} of ${overall.n}`,
    points(overall.mean),
    unsigned(authorsHalfWidth, 3),
    unsigned(columns.halfWidth, 3),
    unsigned((overall.high - overall.low) / 2),
    points(columns.max),
  ];
}

/** Columns of {@linkcode dataRow}. */
export const DATA_COLUMNS: readonly string[] = [
  "models",
  "pre-training data",
  "n",
  "mean ER, points",
  "95% interval",
  "lowest",
  "highest",
  "model of the highest",
];

/** Networks of one kind in one row. */
export function dataRow(
  { name, members, mean }: PretrainedGroup,
  { set, line }: { readonly set: string; readonly line: Line },
): Row {
  const ers = members.flatMap(({ runs }) => runs).map((point) =>
    effectiveRobustness(point, { line }).er
  );
  return [
    set,
    name,
    count(mean.n),
    points(mean.mean),
    range(mean),
    points(smallest(ers)),
    points(mean.averagedColumns.max),
    mean.averagedColumns.maxModel,
  ];
}

/** Columns of {@linkcode topRows}. */
export const TOP_COLUMNS: readonly string[] = [
  "model",
  "pre-training data",
  "reference, %",
  "shifted, %",
  "predicted, %",
  "ER, points",
  "95% by the line",
  "authors’",
];

/** The networks with the highest effective robustness. */
export function topRows(
  groups: readonly PretrainedGroup[],
  { line, level, n }: {
    readonly line: Line;
    readonly level: number;
    readonly n: number;
  },
): readonly Row[] {
  const options = { line, level };
  return groups
    .flatMap(({ name, members }) =>
      members.flatMap(({ runs }) => runs).map((point) => ({
        name,
        textbook: effectiveRobustness(point, options),
        authors: effectiveRobustness(point, {
          ...options,
          variant: "authors",
        }),
      }))
    )
    .sort((a, b) => b.textbook.er - a.textbook.er)
    .slice(0, n)
    .map(({ name, textbook, authors }) => [
      textbook.model,
      name,
      percent(textbook.reference),
      percent(textbook.shifted),
      percent(textbook.predicted),
      points(textbook.er),
      range(textbook),
      range(authors),
    ]);
}

/** Columns of {@linkcode sensitivityRows}. */
export const SENSITIVITY_COLUMNS: readonly string[] = [
  "choice",
  "baselines",
  "mean ER, points",
  "highest ER, points",
  "model of the highest",
];

/** What each choice makes of mean and maximum; a range where a choice is a family. */
export function sensitivityRows(
  rows: readonly SensitivityRow[],
): readonly Row[] {
  return rows.map(({ name, baselines, mean, max, maxModels }) => {
    const [first = "", ...others] = maxModels;
    const ends = ([low, high]: readonly [number, number]) =>
      low === high ? formatNumber(points(low)) : range({ low, high });
    return [
      name,
      count(baselines),
      ends(mean),
      ends(max),
      others.length === 0 ? first : `${first}; also ${others.join(", ")}`,
    ];
  });
}

/** Columns of {@linkcode noiseRow}. */
export const NOISE_COLUMNS: readonly string[] = [
  "shift",
  "highest ER, points",
  "95% interval",
  "candidates",
  "noise",
  "spread",
  "without noise",
  "excess, at most",
  "by noise alone",
];

/** What the test images do to the maximum of a shift. */
export function noiseRow(title: string, maximum: NoisyMaximum): Row {
  return [
    title,
    points(maximum.max),
    range(maximum),
    `${maximum.candidates} of ${maximum.n}`,
    unsigned(maximum.noise),
    unsigned(maximum.spread),
    unsigned(maximum.trueSpread),
    // A simulated excess below zero is the simulation's own noise.
    unsigned(Math.max(0, maximum.bias)),
    unsigned(maximum.ofNoiseAlone),
  ];
}

function range(ends: { readonly low: number; readonly high: number }): string {
  const text = (value: number) => formatNumber(points(value));
  return `${text(ends.low)}\u00a0to\u00a0${text(ends.high)}`;
}
