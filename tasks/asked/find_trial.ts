import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Estimate, TooFewExamples } from "../../reports/value/claim.ts";
import {
  type FoundGain,
  type FoundTrial,
  foundTrialSchema,
  LEAST_R2,
  type TrialGroup,
} from "../../stats/asked/found_trial.ts";
import type { PartRobustness } from "../../stats/lines/part_robustness.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";
import { lineUse } from "../../stats/lines/usable_line.ts";

/** What was measured of the networks of a trial. */
export interface FindTrialArgs {
  readonly line: Line;
  readonly baselines: readonly Point[];
  /** Confidence level of the intervals. */
  readonly level: number;
  readonly groups: readonly (
    & Pick<TrialGroup, "name" | "isFile" | "points" | "all">
    & Readonly<
      Record<"inSupport" | "outOfSupport", {
        readonly estimate: Estimate | TooFewExamples;
        /** The part's own line; null where there are too few examples. */
        readonly over: Pick<PartRobustness, "line"> | null;
      }>
    >
  )[];
}

/** What the networks of a trial say, together. */
export const findTrial = defineTask({
  module: import.meta.url,
  name: "findTrial",
  result: json(foundTrialSchema),
  run({ line, baselines, level, groups }: FindTrialArgs): FoundTrial {
    return {
      line,
      baselines,
      lineHolds: holds(line),
      level,
      groups: groups.map((group) => ({
        ...group,
        inSupport: gainOf(group.inSupport),
        outOfSupport: gainOf(group.outOfSupport),
      })),
    };
  },
});

function holds(line: Line): boolean {
  return lineUse(line, { leastR2: LEAST_R2 }).isUsable;
}

function gainOf(
  { estimate, over }: FindTrialArgs["groups"][number]["inSupport"],
): FoundGain {
  if ("tooFew" in estimate) return { tooFew: estimate.tooFew };
  const { value, low, high } = estimate;
  return { value, low, high, lineHolds: over !== null && holds(over.line) };
}
