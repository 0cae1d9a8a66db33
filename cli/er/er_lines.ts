/**
 * Effective robustness measured in a table, as lines for a terminal.
 *
 * @module
 */
import {
  errorsText,
  noiseText,
  sizesText,
  type TableReading,
  unitText,
} from "../../reports/value/er_text.ts";
import { levelText } from "../../reports/value/wording.ts";
import { formatNumber } from "../../reports/value/quantity.ts";
import type { GroupedRobustness } from "../../stats/lines/grouped_robustness.ts";
import { dim, fit, type Line, tableLines, wrapLine } from "../display/line.ts";
import { count } from "../display/quantities.ts";

/** How much stands before a fact: two spaces and its name. */
const FACT_HANG = 13;

/**
 * How the table was read, the fit, and a row for each group, which is cut to the
 * terminal where the others are wrapped.
 *
 * @param columns width of the terminal
 */
export function measurementLines(
  measurement: GroupedRobustness,
  { file, columns, table }: TableReading,
  terminal: { readonly columns: number },
): readonly Line[] {
  const { line, level, baseline, sizes, groups, models } = measurement;
  const fact = (name: string, text: string): readonly Line[] =>
    wrapLine(
      [dim(`  ${name}`.padEnd(FACT_HANG)), { text }],
      { ...terminal, hang: FACT_HANG },
    );
  const fitted = [
    `${line.scale} scale`,
    `n = ${line.n}`,
    `slope ${formatNumber({ value: line.slope, digits: 4 })}`,
    `intercept ${formatNumber({ value: line.intercept, digits: 4 })}`,
    `r² ${formatNumber({ value: line.r2, digits: 4 })}`,
  ];
  return [
    [{ text: `Effective robustness in ${file}`, style: "bold" }],
    ...fact("reference", columns.reference),
    ...fact("shifted", columns.shifted),
    ...fact(
      "models",
      `${models.length}, named by column "${columns.name}", in ${
        count(groups.length + 1, "group")
      } by column "${columns.group}"`,
    ),
    ...fact("accuracies", unitText(table)),
    ...fact("baselines", `group "${baseline}"`),
    ...sizes === undefined ? [] : fact("examples", sizesText(sizes)),
    ...fact("line", fitted.join(", ")),
    [],
    ...groupLines(measurement).map((row) => fit(row, terminal.columns)),
    [],
    [dim(
      `ER in points; intervals: ${levelText(level)}, from ${
        errorsText(measurement)
      }`,
    )],
    [dim(noiseText(sizes, "--reference-size and --shifted-size add it"))],
  ];
}

function groupLines({ groups }: GroupedRobustness): readonly Line[] {
  const points = (value: number) => formatNumber({ value, unit: "points" });
  const head = ["group", "n", "mean ER", "interval", "max", "model of the max"];
  const rows = groups.map(({ name, robustness }) => [
    name,
    String(robustness.n),
    points(robustness.mean),
    `${points(robustness.low)} to ${points(robustness.high)}`,
    points(robustness.averagedColumns.max),
    robustness.averagedColumns.maxModel,
  ]);
  return tableLines([head, ...rows], { right: [1, 2, 3, 4] })
    .map((
      line,
      i,
    ): Line => [i === 0 ? dim(`  ${line}`) : { text: `  ${line}` }]);
}
