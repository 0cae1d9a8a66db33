import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Quantity } from "../../reports/value/quantity.ts";
import type { Cell, CellInterval } from "../../reports/value/report.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import {
  accuracyByGroup,
  BLOCKS,
  type GroupedSet,
  type GroupMeasure,
} from "../../shifts/measure/group_counts.ts";
import { groupCountsOf, meanOver } from "../../shifts/measure/mean_over.ts";
import { jackknife } from "../../stats/intervals/jackknife.ts";
import { mean } from "../../stats/intervals/mean.ts";

/** Networks of several kinds, and the groups of the images that they were tested on. */
export interface TabulateGroupsArgs {
  readonly rows: readonly {
    /** What names the row. */
    readonly cells: readonly string[];
    /** Finished networks of one kind, one an evaluation. */
    readonly evaluations: readonly Evaluation[];
  }[];
  /** Sets of test images with their groups. */
  readonly parts: readonly GroupedSet[];
  /** Share of each group in training: [group]. */
  readonly shares: readonly number[];
  /** Confidence level of the intervals. */
  readonly level: number;
}

const percentSchema = z.strictObject({
  value: z.number(),
  unit: z.literal("percent"),
  digits: z.int(),
});

/**
 * Worst-group accuracy, the balanced mean, and the mean weighted as in
 * training, a row a kind: means over the networks, with intervals that allow
 * for networks and images; before them the number of networks, after them the
 * group that is worst on average over the networks.
 */
export const tabulateGroups = defineTask({
  module: import.meta.url,
  name: "tabulateGroups",
  result: {
    rows: json<readonly (readonly Cell[])[]>(
      z.array(
        z.array(z.union([
          z.string(),
          z.strictObject({ value: z.number(), unit: z.literal("count") }),
          percentSchema,
          percentSchema.extend({ low: z.number(), high: z.number() }),
        ])).readonly(),
      ).readonly(),
    ),
  },
  run: ({ rows, ...options }: TabulateGroupsArgs) => ({
    rows: rows.map(({ cells, evaluations }) => [
      ...cells,
      ...rowOf(evaluations, options),
    ]),
  }),
});

function rowOf(
  evaluations: readonly Evaluation[],
  { parts, shares, level }: Omit<TabulateGroupsArgs, "rows">,
): readonly Cell[] {
  const counts = groupCountsOf(evaluations, parts);
  const over = (measure: GroupMeasure): Quantity | CellInterval => {
    const { value, low, high } = jackknife(
      (without) => meanOver(counts, measure, without),
      { factors: { networks: counts.length, images: BLOCKS }, level },
    );
    const cell = { value, unit: "percent", digits: 1 } as const;
    // All networks at zero or at one: that tells no spread.
    return low === high
      ? cell
      : { ...cell, low: Math.max(0, low), high: Math.min(1, high) };
  };
  const byNetwork = counts.map((one) => accuracyByGroup(one));
  const [worst] = (counts[0]?.names ?? [])
    .map((name, group) => ({
      name,
      accuracy: mean(byNetwork.map((one) => one[group] as number)),
    }))
    .filter(({ accuracy }) => !Number.isNaN(accuracy))
    .sort((a, b) => a.accuracy - b.accuracy);
  return [
    { value: counts.length, unit: "count" },
    over({ kind: "worst" }),
    over({ kind: "balanced" }),
    over({ kind: "as in training", shares }),
    worst?.name ?? "",
  ];
}
