import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Figure } from "../../reports/value/figure.ts";
import { MINIMUM_EXAMPLES } from "../../reports/value/minimum_examples.ts";
import { formatQuantity } from "../../reports/value/quantity.ts";
import type { PartRobustness } from "../../stats/lines/part_robustness.ts";

/** Networks of one kind in a part. */
export interface PartGroup {
  readonly name: string;
  /** Null where there are too few examples. */
  readonly part: PartRobustness | null;
}

/** A part of a shifted set, and the networks in it. */
export interface DrawPartArgs {
  readonly id: string;
  readonly title: string;
  readonly distributions: {
    readonly reference: string;
    readonly shifted: string;
  };
  /** What the line goes through, in the plural. */
  readonly baselineTitle: string;
  /** At least one; all over one line. */
  readonly groups: readonly PartGroup[];
  /** Number of examples of the part. */
  readonly examples: number;
}

/** The paper's figure for one part of a shifted set, or why there is none. */
export const drawPart = defineTask({
  module: import.meta.url,
  name: "drawPart",
  result: json(
    z.custom<Figure>((value) =>
      typeof value === "object" && value !== null && "kind" in value
    ),
  ),
  run(args: DrawPartArgs): Figure {
    const { id, title, distributions, baselineTitle, groups, examples } = args;
    const measured = groups.flatMap(({ name, part }) =>
      part === null ? [] : [{ name, part }]
    );
    const [first] = measured;
    const n = formatQuantity({ value: examples, unit: "count" });
    if (first === undefined) {
      return {
        kind: "unavailable",
        id,
        title,
        reason:
          `there are ${n} examples in this part, and ${MINIMUM_EXAMPLES} are needed`,
      };
    }
    const { line, baselines, mean: { level } } = first.part;
    const points = (value: number) => formatQuantity({ value, unit: "points" });
    return {
      kind: "on-the-line",
      id,
      title,
      distributions,
      line,
      level,
      baselineTitle,
      baselines,
      finding: `${n} examples. Mean effective robustness: ${
        measured.map(({ name, part: { mean } }) =>
          `${name} ${points(mean.mean)} (${points(mean.low)} to ${
            points(mean.high)
          })`
        ).join("; ")
      }.`,
      groups: measured.map(({ name, part: { networks, mean } }) => ({
        name,
        members: [{ title: name, runs: networks }],
        mean,
      })),
    };
  },
});
