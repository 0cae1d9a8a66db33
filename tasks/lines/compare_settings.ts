import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Estimate } from "../../reports/value/claim.ts";
import {
  type ErrorShare,
  errorSharesSchema,
} from "../../stats/lines/error_share.ts";
import {
  competitiveRuns,
  competitiveRunsSchema,
  type SettingOfRuns,
} from "../../stats/lines/competitive_runs.ts";

/** Runs with one setting, and what their error is made of. */
interface MeasuredSetting extends SettingOfRuns {
  readonly shares: readonly ErrorShare[];
}

/** Runs by setting of their hyper-parameters. */
export interface CompareSettingsArgs {
  readonly settings: readonly MeasuredSetting[];
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
  shares: errorSharesSchema,
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
    const estimateOf = ({ mean, name, shares }: MeasuredSetting): Estimate => ({
      value: mean.mean,
      low: mean.low,
      high: mean.high,
      unit: "points",
      level: mean.level,
      title: `${name}, ${title}`,
      shares,
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
