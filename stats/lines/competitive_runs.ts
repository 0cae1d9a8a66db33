/**
 * Among runs that differ in their hyper-parameters, those worth using: the
 * ones whose reference accuracy comes near the best.
 *
 * @module
 */
import { z } from "zod";
import { mean } from "../intervals/mean.ts";
import type { MeanEffectiveRobustness } from "./mean_effective_robustness.ts";
import type { Point } from "./point.ts";
import { largest } from "../intervals/extremes.ts";

/** Runs with one setting of the hyper-parameters. */
export interface SettingOfRuns {
  /** The setting, e.g. "learning rate 0.001". */
  readonly name: string;
  /** Points of the networks that were trained with the setting. */
  readonly points: readonly Point[];
  /** Their mean effective robustness. */
  readonly mean: MeanEffectiveRobustness;
}

/** The lowest and the highest effective robustness among competitive settings. */
export interface CompetitiveRuns {
  /** Names of the competitive settings, in the order given. */
  readonly competitive: readonly string[];
  /** How many settings there are. */
  readonly n: number;
  /** Highest mean reference accuracy of a setting. */
  readonly best: number;
  /** Name of the competitive setting of lowest effective robustness. */
  readonly lowest: string;
  /** Name of the competitive setting of highest effective robustness. */
  readonly highest: string;
}

/** Schema of {@linkcode CompetitiveRuns}. */
export const competitiveRunsSchema: z.ZodType<CompetitiveRuns> = z.strictObject(
  {
    competitive: z.array(z.string()).readonly(),
    n: z.int().positive(),
    best: z.number(),
    lowest: z.string(),
    highest: z.string(),
  },
);

/**
 * The settings whose mean reference accuracy is at most `tolerance` below the
 * best one's, and which of them have the lowest and the highest mean effective
 * robustness.
 *
 * @param tolerance fraction of accuracy, e.g. 0.02
 * @throws {RangeError} if there is no setting, or one has no network
 */
export function competitiveRuns<Setting extends SettingOfRuns>(
  settings: readonly Setting[],
  { tolerance }: { readonly tolerance: number },
): CompetitiveRuns & {
  readonly extremes: readonly [Setting, Setting];
} {
  const accuracies = settings.map(({ name, points }) => {
    if (points.length === 0) {
      throw new RangeError(
        `Cannot compare settings: "${name}" has no network`,
      );
    }
    return mean(points.map(({ reference }) => reference));
  });
  const best = largest(accuracies);
  // A difference of the tolerance itself counts, whatever its rounding.
  const kept = settings.filter((_, i) =>
    best - (accuracies[i] ?? NaN) <= tolerance + 1e-12
  );
  const [first] = kept;
  if (first === undefined) {
    throw new RangeError("Cannot compare settings: there are none");
  }
  const lowest = kept.reduce((a, b) => b.mean.mean < a.mean.mean ? b : a);
  const highest = kept.reduce((a, b) => b.mean.mean > a.mean.mean ? b : a);
  return {
    competitive: kept.map(({ name }) => name),
    n: settings.length,
    best,
    lowest: lowest.name,
    highest: highest.name,
    extremes: [lowest, highest],
  };
}
