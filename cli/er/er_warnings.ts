/**
 * What weakens effective robustness measured in a table, in words.
 *
 * @module
 */
import type { AccuracyTable } from "../../data/tables/accuracy_table.ts";
import { formatNumber, formatQuantity } from "../../reports/value/quantity.ts";
import type { GroupedRobustness } from "../../stats/lines/grouped_robustness.ts";
import {
  caveatsOf,
  FEW_BASELINES,
  MOST_NOISE,
  POOR_R2,
} from "../../stats/lines/robustness_caveats.ts";
import { count } from "../display/quantities.ts";
import { someOf } from "../../engine/define/listed.ts";

/** So many rows that were left out are named, of more only the first. */
const LISTED = 100;

/** `lines 3, 4, 5, 6, 7, …` */
function linesText(lines: readonly number[]): string {
  return `${lines.length === 1 ? "line" : "lines"} ${
    lines.slice(0, 5).join(", ")
  }${lines.length > 5 ? ", …" : ""}`;
}

/** What a reader of the table should beware of, in sentences without a final period. */
export function warningsOf(
  measurement: GroupedRobustness,
  { suspects, leftOut, extremes }: Pick<
    AccuracyTable,
    "suspects" | "leftOut" | "extremes"
  >,
): readonly string[] {
  const { line, models } = measurement;
  const {
    extrapolated,
    isFalling,
    isPoorLine,
    hasFewBaselines,
    ofOne,
    flattening,
  } = caveatsOf(measurement);
  const [farthest] = extrapolated;
  const isOne = extrapolated.length === 1;
  const percent = (value: number) => formatQuantity({ value, unit: "percent" });
  const single = ofOne.map((name) => `"${name}"`);
  return [
    ...leftOut.length === 0 ? [] : [
      `${count(leftOut.length, "incomplete row")} ${
        leftOut.length === 1 ? "is" : "are"
      } left out: ${someOf(leftOut, LISTED)}`,
    ],
    ...extremes.length === 0 ? [] : [
      `accuracies closer to 0 or 100% than half a test example are taken as half an example away, 1/(2n) or 1 − 1/(2n): ${
        linesText(extremes)
      }`,
    ],
    ...farthest === undefined ? [] : [
      `${extrapolated.length} of ${count(models.length - line.n, "model")} ${
        isOne ? "lies" : "lie"
      } outside the baselines' range of reference accuracy (${
        percent(line.range[0])
      } to ${percent(line.range[1])}), the farthest "${farthest.model}" by ${
        formatNumber({
          value: Math.abs(farthest.extrapolation),
          unit: "points",
          signed: false,
        })
      } points ${farthest.extrapolation > 0 ? "above" : "below"}: ${
        isOne ? "its ER is" : "their ER is"
      } an extrapolation`,
    ],
    ...isFalling
      ? [
        "along the baselines shifted accuracy does not rise with reference accuracy, as where a column holds errors in place of accuracies",
      ]
      : [],
    ...isPoorLine
      ? [
        `the line explains the baselines poorly: r² is ${
          // Three digits might round it up to the bound.
          formatNumber({
            value: line.r2,
            digits: line.r2 > 0.89 ? 5 : 3,
          })}, below ${POOR_R2}`,
      ]
      : [],
    ...hasFewBaselines
      ? [
        `the line rests on only ${line.n} baselines, fewer than ${FEW_BASELINES}`,
      ]
      : [],
    ...single.length === 0 ? [] : [
      `${single.length === 1 ? "group" : "groups"} ${someOf(single, 5)} ${
        single.length === 1 ? "has one model" : "have one model each"
      }: for the spread between models stands how far baselines lie off the line`,
    ],
    ...flattening === undefined ? [] : [
      `noise of the test examples may be ${percent(flattening.noise)}${
        flattening.noise < MOST_NOISE ? "" : " or more"
      } of what the baselines' reference accuracies differ by (in squares), and the line that much too flat: group "${flattening.group}" may seem ${
        formatNumber({
          value: Math.abs(flattening.bias),
          unit: "points",
          signed: false,
        })
      } points${flattening.noise < MOST_NOISE ? "" : " or more"} ${
        flattening.bias > 0 ? "better" : "worse"
      } than it is (less where all models were tested on the same examples); baselines further apart, or more reference examples, make that smaller`,
    ],
    ...suspects.length > 0
      ? [
        `${
          count(suspects.length, "row")
        } with a value of at most 1 among percentages, read as at most 1%: ${
          linesText(suspects)
        }`,
      ]
      : [],
  ];
}
