/**
 * What weakens effective robustness measured in a table.
 *
 * @module
 */
import type { AccuracyTable } from "../data/accuracy_table.ts";
import { formatNumber, formatQuantity } from "../reports/quantity.ts";
import { POOR_R2 } from "../reports/figures/poor_line.ts";
import { count } from "./display/quantities.ts";
import { someOf } from "./nearest.ts";
import type { Measurement } from "./er_measure.ts";

/** With fewer baselines than this the line is uncertain. */
const FEW_BASELINES = 10;

/** Sentences without a final period; none where nothing is wrong. */
export function warningsOf(
  { line, models, groups, baseline }: Measurement,
  { suspects }: Pick<AccuracyTable, "suspects">,
): readonly string[] {
  const others = models.filter(({ group }) => group !== baseline)
    .map(({ robustness }) => robustness);
  const beyond = others.filter(({ extrapolation }) => extrapolation !== 0);
  const [first] = beyond;
  const farthest = first === undefined ? undefined : beyond.reduce(
    (a, b) => Math.abs(b.extrapolation) > Math.abs(a.extrapolation) ? b : a,
    first,
  );
  const single = groups.filter(({ robustness }) => robustness.n === 1)
    .map(({ name }) => `"${name}"`);
  const percent = (value: number) => formatQuantity({ value, unit: "percent" });
  return [
    ...farthest === undefined ? [] : [
      `${beyond.length} of ${count(others.length, "model")} ${
        beyond.length === 1 ? "lies" : "lie"
      } outside the baselines' range of reference accuracy (${
        percent(line.range[0])
      } to ${percent(line.range[1])}), the farthest "${farthest.model}" by ${
        formatNumber({
          value: Math.abs(farthest.extrapolation),
          unit: "points",
          signed: false,
        })
      } points ${farthest.extrapolation > 0 ? "above" : "below"}: ${
        beyond.length === 1 ? "its ER is" : "their ER is"
      } an extrapolation`,
    ],
    ...line.r2 < POOR_R2
      ? [
        `the line explains the baselines poorly: r² is ${
          formatNumber({ value: line.r2 })
        }, below ${POOR_R2}`,
      ]
      : [],
    ...line.n < FEW_BASELINES
      ? [
        `the line rests on ${line.n} baselines only, fewer than ${FEW_BASELINES}`,
      ]
      : [],
    ...single.length > 0
      ? [
        `${single.length === 1 ? "group" : "groups"} ${someOf(single, 5)} ${
          single.length === 1
            ? "has one model: its interval holds"
            : "have one model each: their intervals hold"
        } no spread between models`,
      ]
      : [],
    ...suspects.length > 0
      ? [
        `${
          count(suspects.length, "row")
        } with a value of at most 1 among per cents, read as at most 1%: ${
          suspects.length === 1 ? "line" : "lines"
        } ${suspects.slice(0, 5).join(", ")}${
          suspects.length > 5 ? ", …" : ""
        }`,
      ]
      : [],
  ];
}
