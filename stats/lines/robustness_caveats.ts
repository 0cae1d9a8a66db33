/**
 * What weakens effective robustness that was measured in groups.
 *
 * @module
 */
import type { EffectiveRobustness } from "./effective_robustness.ts";
import type { GroupedRobustness } from "./grouped_robustness.ts";

/** A line that explains less of the baselines' spread than this is a poor one. */
export const POOR_R2 = 0.9;

/** With fewer baselines than this the line is uncertain. */
export const FEW_BASELINES = 10;

/** What weakens a measurement. */
export interface RobustnessCaveats {
  /** Models outside the baselines' range of reference accuracy, the farthest first. */
  readonly extrapolated: readonly EffectiveRobustness[];
  /** Whether shifted accuracy does not rise with reference accuracy: a column may hold errors. */
  readonly isFalling: boolean;
  /** Whether r² is below {@linkcode POOR_R2}. */
  readonly isPoorLine: boolean;
  /** Whether there are fewer than {@linkcode FEW_BASELINES}. */
  readonly hasFewBaselines: boolean;
  /** Groups of one model, whose intervals hold no spread between models. */
  readonly withoutSpread: readonly string[];
}

/** What weakens this measurement. */
export function caveatsOf(
  { line, models, groups }: GroupedRobustness,
): RobustnessCaveats {
  const distance = (one: EffectiveRobustness) => Math.abs(one.extrapolation);
  return {
    // Baselines are within their own range.
    extrapolated: [...outside(models)]
      .toSorted((a, b) => distance(b) - distance(a)),
    isFalling: line.slope <= 0,
    isPoorLine: line.r2 < POOR_R2,
    hasFewBaselines: line.n < FEW_BASELINES,
    withoutSpread: groups.filter(({ robustness }) => robustness.n === 1)
      .map(({ name }) => name),
  };
}

function* outside(
  models: GroupedRobustness["models"],
): Generator<EffectiveRobustness> {
  for (const { robustness } of models) {
    if (robustness.extrapolation !== 0) yield robustness;
  }
}
