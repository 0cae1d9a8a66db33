/**
 * Effective robustness measured in a table, as lines for a terminal.
 *
 * @module
 */
import type { AccuracyColumns, AccuracyTable } from "../data/accuracy_table.ts";
import { formatNumber, formatQuantity } from "../reports/quantity.ts";
import { type Line, printable } from "./display/line.ts";
import { count } from "./display/quantities.ts";
import type { Measurement, TestSizes } from "./er_measure.ts";

/** What a table was taken for. */
export interface Reading {
  /** Name of the file, without its folder. */
  readonly file: string;
  readonly columns: AccuracyColumns;
  readonly table: AccuracyTable;
}

/** How the accuracies were read: `per cents, because the values are above 1`. */
export function unitText({ unit, because }: AccuracyTable): string {
  return `${
    unit === "percent" ? "per cents" : "fractions"
  }, because ${because}`;
}

/** How the table was read, the fit, and a row for each group. */
export function measurementLines(
  measurement: Measurement,
  { file, columns, table }: Reading,
): readonly Line[] {
  const { line, level, baseline, sizes, groups, models } = measurement;
  const fact = (name: string, text: string): Line => [
    { text: `  ${name.padEnd(11)}`, style: "dim" },
    { text: printable(text) },
  ];
  const fit = [
    `${line.scale} scale`,
    `n = ${line.n}`,
    `slope ${formatNumber({ value: line.slope, digits: 4 })}`,
    `intercept ${formatNumber({ value: line.intercept, digits: 4 })}`,
    `r² ${formatNumber({ value: line.r2, digits: 4 })}`,
  ];
  return [
    [{ text: printable(`Effective robustness in ${file}`), style: "bold" }],
    fact("reference", columns.reference),
    fact("shifted", columns.shifted),
    fact(
      "models",
      `${models.length}, named by column "${columns.name}", in ${
        count(groups.length + 1, "group")
      } by column "${columns.group}"`,
    ),
    fact("accuracies", unitText(table)),
    fact("baselines", `group "${baseline}"`),
    ...sizes === undefined ? [] : [fact("examples", sizesText(sizes))],
    fact("line", fit.join(", ")),
    [],
    ...groupLines(measurement),
    [],
    [{
      text: `ER in points; intervals: ${
        formatQuantity({
          value: level,
          unit: "percent",
          digits: digitsOf(level),
        })
      }, from ${errorsText(measurement)}`,
      style: "dim",
    }],
    ...sizes === undefined
      ? [
        [{
          text:
            "Noise of the test examples is left out; --reference-size and --shifted-size add it",
          style: "dim",
        }] as const,
      ]
      : [],
  ];
}

/** `10000 behind each reference accuracy, 5000 behind each shifted one` */
export function sizesText({ referenceSize, shiftedSize }: TestSizes): string {
  return `${referenceSize} behind each reference accuracy, ${shiftedSize} behind each shifted one`;
}

/** What the interval of a group holds. */
export function errorsText({ sizes }: Pick<Measurement, "sizes">): string {
  return sizes === undefined
    ? "spread between models and uncertainty of the line"
    : "spread between models, noise of the test examples and uncertainty of the line";
}

function groupLines({ groups }: Measurement): readonly Line[] {
  const points = (value: number) => formatNumber({ value, unit: "points" });
  const head = ["group", "n", "mean ER", "interval", "max", "model of the max"];
  const rows = groups.map(({ name, robustness }) => [
    printable(name),
    String(robustness.n),
    points(robustness.mean),
    `${points(robustness.low)} to ${points(robustness.high)}`,
    points(robustness.averagedColumns.max),
    printable(robustness.averagedColumns.maxModel),
  ]);
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => [...row[i] ?? ""].length))
  );
  // Numbers stand at the right, names at the left.
  const text = (row: readonly string[]) =>
    "  " +
    row.map((cell, i) =>
      i === 0 || i === 5
        ? cell.padEnd(widths[i] ?? 0)
        : cell.padStart(widths[i] ?? 0)
    ).join("  ").trimEnd();
  return [
    [{ text: text(head), style: "dim" }],
    ...rows.map((row): Line => [{ text: text(row) }]),
  ];
}

/** Decimals that a level needs in per cent: none for 0.95, one for 0.995. */
export function digitsOf(level: number): number {
  const [, decimals = ""] = String(Number((100 * level).toFixed(6))).split(".");
  return decimals.length;
}
