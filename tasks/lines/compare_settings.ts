import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Estimate } from "../../reports/value/claim.ts";
import {
  competitiveRuns,
  competitiveRunsSchema,
  type SettingOfRuns,
} from "../../stats/lines/competitive_runs.ts";

/** Runs by setting of their hyper-parameters. */
export interface CompareSettingsArgs {
  readonly settings: readonly SettingOfRuns[];
  /** How far below the best reference accuracy a setting still counts, as a fraction. */
  readonly tolerance: number;
  /** What the effective robustness is measured over, e.g. "line of checkpoints". */
  readonly title: string;
}

const estimate = json<Estimate>(z.strictObject({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  unit: z.literal("points"),
  level: z.number(),
  title: z.string(),
}));

/** The lowest and the highest effective robustness among settings of nearly the best reference accuracy. */
export const compareSettings = defineTask({
  module: import.meta.url,
  name: "compareSettings",
  result: {
    found: json(competitiveRunsSchema),
    lowest: estimate,
    highest: estimate,
    lowestValue: json(z.number()),
    highestValue: json(z.number()),
    /** Names of the settings that count, as part of a sentence. */
    names: json(z.string()),
  },
  run({ settings, tolerance, title }: CompareSettingsArgs) {
    const { extremes, ...found } = competitiveRuns(settings, { tolerance });
    const [lowest, highest] = extremes;
    const estimateOf = ({ mean, name }: SettingOfRuns): Estimate => ({
      value: mean.mean,
      low: mean.low,
      high: mean.high,
      unit: "points",
      level: mean.level,
      title: `${name}, ${title}`,
    });
    return {
      found,
      lowest: estimateOf(lowest),
      highest: estimateOf(highest),
      lowestValue: lowest.mean.mean,
      highestValue: highest.mean.mean,
      names: found.competitive.join(", "),
    };
  },
});
