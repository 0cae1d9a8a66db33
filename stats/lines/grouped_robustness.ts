/**
 * Effective robustness of models that stand in groups, by the line through one
 * of the groups.
 *
 * @module
 */
import {
  type EffectiveRobustness,
  effectiveRobustness,
} from "./effective_robustness.ts";
import {
  type MeanEffectiveRobustness,
  meanEffectiveRobustness,
} from "./mean_effective_robustness.ts";
import type { Point } from "./point.ts";
import { fitLine, type Line } from "./regression.ts";
import type { ScaleName } from "./scale.ts";

/** How many test examples are behind every accuracy of a distribution. */
export interface TestSizes {
  readonly referenceSize: number;
  readonly shiftedSize: number;
}

/** A model in its group. */
export interface GroupedPoint extends Point {
  readonly group: string;
}

/** A model and what the line says of it. */
export interface MeasuredModel {
  readonly group: string;
  readonly robustness: EffectiveRobustness;
}

/** Models that share a group, and their mean. */
export interface MeasuredGroup {
  readonly name: string;
  readonly robustness: MeanEffectiveRobustness;
}

/** What was measured; all accuracies are fractions. */
export interface GroupedRobustness {
  /** Name of the group of baselines. */
  readonly baseline: string;
  /** Confidence level of every interval. */
  readonly level: number;
  /** Sizes of the test sets, if they are known. */
  readonly sizes: TestSizes | undefined;
  readonly line: Line;
  /** Every model, baselines too, in the order that they were given in. */
  readonly models: readonly MeasuredModel[];
  /** Every group but the baselines, in the order of their first models. */
  readonly groups: readonly MeasuredGroup[];
}

/**
 * Fits the line through one group and measures every model by it. A model's
 * interval is that of the line; a group's holds the spread between its models
 * too, and the noise of the test examples where sizes are given.
 *
 * @throws {RangeError} if the baselines define no line
 */
export function groupedRobustness(
  points: readonly GroupedPoint[],
  { baseline, scale, level, sizes }: {
    readonly baseline: string;
    readonly scale: ScaleName;
    readonly level: number;
    readonly sizes?: TestSizes | undefined;
  },
): GroupedRobustness {
  const groups = Map.groupBy(points, ({ group }) => group);
  const line = fitLine(groups.get(baseline) ?? [], { scale });
  groups.delete(baseline);
  return {
    baseline,
    level,
    sizes,
    line,
    models: points.map((point) => ({
      group: point.group,
      robustness: effectiveRobustness(point, { line, level }),
    })),
    groups: [...groups].map(([name, members]) => ({
      name,
      robustness: meanEffectiveRobustness(
        members.map((point) => ({ ...point, ...sizes })),
        { line, level },
      ),
    })),
  };
}
