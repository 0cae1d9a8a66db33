import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { formatCount } from "../../reports/value/quantity.ts";
import type { Cell } from "../../reports/value/report.ts";
import { counted } from "../../reports/value/wording.ts";
import { tableRows } from "../../reports/value/table_cells.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import {
  accuracyByGroup,
  BLOCKS,
  type GroupCounts,
  type GroupedSet,
  type GroupMeasure,
} from "../../shifts/measure/group_counts.ts";
import { groupCountsOf, meanOver } from "../../shifts/measure/mean_over.ts";
import { jackknife } from "../../stats/intervals/jackknife.ts";
import { mean } from "../../stats/intervals/mean.ts";
import { groupsText } from "./groups_text.ts";

/** Networks of several kinds, and the groups of the images that they were tested on. */
export interface TabulateGroupsArgs {
  readonly shifts: readonly {
    /** "spurious tint" */
    readonly title: string;
    /** Sets of test images with their groups. */
    readonly parts: readonly GroupedSet[];
    /** Share of each group in training: [group]. */
    readonly shares: readonly number[];
  }[];
  readonly rows: readonly {
    /** What names the row. */
    readonly cells: readonly string[];
    /** Finished networks of one kind, one an evaluation: [shift][network]; none where they were not tested. */
    readonly evaluations: readonly (readonly Evaluation[])[];
  }[];
  /** Confidence level of the intervals. */
  readonly level: number;
}

/**
 * Worst-group accuracy, the balanced mean, and the mean weighted as in
 * training: means over the networks, with intervals that allow for networks and
 * images. A row a kind, a column a shift; what was not tested is empty.
 */
export const tabulateGroups = defineTask({
  module: import.meta.url,
  name: "tabulateGroups",
  result: {
    worst: tableRows,
    balanced: tableRows,
    asInTraining: tableRows,
    /** Under each shift the number of test images of its groups, and those that are worst on average over the networks, with their images and the number of rows: "spurious tint (groups of 94 to 923 images): cat in another colour (895 images; in 14 rows), dog in its own colour (104; in 2)". */
    worstGroups: json(z.string()),
  },
  run({ shifts, rows, level }: TabulateGroupsArgs) {
    const inGroups = rows.map(({ cells, evaluations }) => ({
      cells,
      counts: shifts.map(({ parts }, i) =>
        groupCountsOf(evaluations[i] ?? [], parts)
      ),
    }));
    const by = (
      measureUnder: (shares: readonly number[]) => GroupMeasure,
    ) =>
      inGroups.map(({ cells, counts }) => [
        ...cells,
        ...shifts.map(({ shares }, i) =>
          cellOf(counts[i] ?? [], { measure: measureUnder(shares), level })
        ),
      ]);
    return {
      worst: by(() => ({ kind: "worst" })),
      balanced: by(() => ({ kind: "balanced" })),
      asInTraining: by((shares) => ({ kind: "as in training", shares })),
      worstGroups: shifts.map(({ title }, i) => {
        const names = inGroups.flatMap(({ counts }) =>
          worstOf(counts[i] ?? [])
        );
        const byName = [...Map.groupBy(names, (name) => name)]
          .toSorted(([, a], [, b]) => b.length - a.length);
        const sizes = sizesOf(
          inGroups.flatMap(({ counts }) => counts[i] ?? []),
        );
        return `${title} (${groupsText([...sizes.values()])}): ${
          byName.map(([name, { length }], k) => {
            const images = formatCount(sizes.get(name) ?? 0);
            return k === 0
              ? `${name} (${images} images; in ${counted(length, "row")})`
              : `${name} (${images}; in ${length})`;
          }).join(", ")
        }`;
      }).join("; "),
    };
  },
});

function cellOf(
  counts: readonly GroupCounts[],
  { measure, level }: {
    readonly measure: GroupMeasure;
    readonly level: number;
  },
): Cell {
  if (counts.length === 0) return null;
  const { value, low, high } = jackknife(
    (without) => meanOver(counts, measure, without),
    { factors: { networks: counts.length, images: BLOCKS }, level },
  );
  const cell = { value, unit: "percent", digits: 1, bare: true } as const;
  // All networks at zero or at one: that tells no spread.
  return low === high
    ? cell
    : { ...cell, low: Math.max(0, low), high: Math.min(1, high) };
}

/** Number of test images of each group that has any, of whichever network. */
function sizesOf([one]: readonly GroupCounts[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  if (one === undefined) return sizes;
  const { names, total } = one;
  for (const [cell, images] of total.entries()) {
    const name = names[cell % names.length] as string;
    if (images > 0) sizes.set(name, (sizes.get(name) ?? 0) + images);
  }
  return sizes;
}

/** Name of the group that is worst on average over some networks; none without networks. */
function worstOf(counts: readonly GroupCounts[]): readonly string[] {
  const byNetwork = counts.map((one) => accuracyByGroup(one));
  return (counts[0]?.names ?? [])
    .map((name, group) => ({
      name,
      accuracy: mean(byNetwork.map((one) => one[group] as number)),
    }))
    .filter(({ accuracy }) => !Number.isNaN(accuracy))
    .sort((a, b) => a.accuracy - b.accuracy)
    .slice(0, 1)
    .map(({ name }) => name);
}
