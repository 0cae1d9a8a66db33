/**
 * The points of the paper's figure as a reader's table.
 *
 * @module
 */
import { formatNumber } from "../../value/quantity.ts";
import type { ReadersTable } from "../drawing/rendered_figure.ts";
import type { Mark } from "./on_the_line_data.ts";
import type { Survey } from "./on_the_line_survey.ts";

/** Every mark as a reader's table, in per cents and points; of many those that are drawn. */
export function readersTable(
  { total, drawn, pretrained }: Survey,
): ReadersTable {
  return {
    text: 2,
    columns: [
      "group",
      "network",
      "reference, %",
      "shifted, %",
      "predicted, %",
      "ER, points",
      "interval by the line",
    ],
    total,
    rows: drawn.map(readersRow),
    ...total > MANY ? { selected: extremesOf(pretrained) } : {},
  };
}

/** How many rows a page has room for. */
const MANY = 40;

/** How many of the highest and of the lowest a page shows of more rows than that. */
const ENDS = { highest: 12, lowest: 6 } as const;

/** How many of either a survey has to keep, so that few are all there. */
export const KEPT = {
  highest: ENDS.highest + ENDS.lowest,
  lowest: ENDS.lowest,
};

/** The pre-trained networks that lie highest above and deepest below the line. */
export function extremesOf(
  { count, highest, lowest }: Survey["pretrained"],
): NonNullable<ReadersTable["selected"]> {
  const few = count <= ENDS.highest + ENDS.lowest;
  const shown = few ? highest : [...highest.slice(0, ENDS.highest), ...lowest];
  return {
    title: few
      ? `The ${count} pre-trained marks by effective robustness`
      : `The ${ENDS.highest} highest and ${ENDS.lowest} lowest of ${count} pre-trained marks by effective robustness`,
    rows: shown.map(readersRow),
  };
}

function readersRow({ groupName, label, point, robustness }: Mark) {
  const percent = (value: number) => formatNumber({ value, unit: "percent" });
  const points = (value: number) => formatNumber({ value, unit: "points" });
  return [
    groupName,
    label,
    percent(point.reference),
    percent(point.shifted),
    percent(robustness.predicted),
    points(robustness.er),
    `${points(robustness.low)} to ${points(robustness.high)}`,
  ];
}
