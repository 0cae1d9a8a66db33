/**
 * The answer that a table gives, in sentences.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import type {
  GroupedRobustness,
  MeasuredGroup,
} from "../../stats/lines/grouped_robustness.ts";
import { caveatsOf } from "../../stats/lines/robustness_caveats.ts";
import { formatNumber } from "./quantity.ts";
import { counted, levelText } from "./wording.ts";

/** An end of an interval nearer to zero than this is printed as zero. */
const TOLD = 5e-5;

/** So many groups have a sentence; the table has all. */
const MOST_GROUPS = 5;

/** A sentence for each group, and how many have none. */
export function groupSentences(
  { groups, level }: GroupedRobustness,
): readonly string[] {
  const more = groups.length - MOST_GROUPS;
  return [
    ...groups.slice(0, MOST_GROUPS).map((group) => sentence(group, level)),
    ...more > 0
      ? [
        `${counted(more, "more group")} ${
          more === 1 ? "is" : "are"
        } in the table.`,
      ]
      : [],
  ];
}

/** The same, and a sentence on the line if it cannot bear them, or on rows that may be wrong. */
export function answerOf(
  measurement: GroupedRobustness,
  { suspects }: {
    /** Lines of a table in percentages with a value that may be a fraction. */
    readonly suspects: readonly number[];
  },
): readonly string[] {
  const { line, models } = measurement;
  const { extrapolated, isFalling, isPoorLine, flattening } = caveatsOf(
    measurement,
  );
  const others = counted(models.length - line.n, "model");
  const weak = [
    ...suspects.length > 0
      ? [
        `${counted(suspects.length, "row")} with a value of at most 1 ${
          suspects.length === 1 ? "is" : "are"
        } read as at most 1%`,
      ]
      : [],
    ...isFalling
      ? [
        "baselines that are better on the reference data are not on the shifted",
      ]
      : [],
    ...isPoorLine
      ? [
        `the line explains the baselines poorly (r² ${
          formatNumber({ value: line.r2 })
        })`,
      ]
      : [],
    ...flattening === undefined ? [] : [
      `noise of the test examples may flatten the line (group "${flattening.group}" may seem ${
        formatNumber({
          value: Math.abs(flattening.bias),
          unit: "points",
          signed: false,
        })
      } points ${flattening.bias > 0 ? "better" : "worse"} than it is)`,
    ],
    ...extrapolated.length > 0
      ? [
        `${extrapolated.length} of ${others} ${
          extrapolated.length === 1 ? "lies" : "lie"
        } beyond the baselines, so the line is extrapolated there`,
      ]
      : [],
  ];
  return [
    ...groupSentences(measurement),
    ...weak.length > 0 ? [`Treat this with caution: ${listed(weak)}.`] : [],
  ];
}

/** `The 2 models of group "x" have a mean effective robustness of +3.10 points (95% interval …): they do better …` */
function sentence(
  { name, robustness }: MeasuredGroup,
  level: number,
): string {
  const { n, mean, low, high } = robustness;
  const points = (value: number) => formatNumber({ value, unit: "points" });
  const [who, does] = n === 1
    ? [`The one model of group "${name}" has an`, "it does"]
    : [`The ${n} models of group "${name}" have a mean`, "they do"];
  const told = low >= TOLD
    ? `${does} better on the shifted data than baselines of the same reference accuracy`
    : high <= -TOLD
    ? `${does} worse on the shifted data than baselines of the same reference accuracy`
    : "the interval contains zero, so no difference from the baselines can be told";
  return `${who} effective robustness of ${points(mean)} points (${
    levelText(level)
  } interval ${points(low)} to ${points(high)}): ${told}.`;
}
