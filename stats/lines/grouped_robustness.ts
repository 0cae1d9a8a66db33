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
import type { ExtremeRule, ScaleName } from "./scale.ts";

/** How many test examples are behind every accuracy of a distribution. */
export interface TestSizes {
  readonly referenceSize: number;
  readonly shiftedSize: number;
}

/** Accuracies of 0 and 1 count as half an example where the numbers of examples are known and above 1. */
export function extremesFor(sizes: TestSizes | undefined): ExtremeRule {
  const isKnown = sizes !== undefined && sizes.referenceSize > 1 &&
    sizes.shiftedSize > 1;
  return { kind: isKnown ? "clip" : "error" };
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

/**
 * Models with what the line says of them, measured each time that one goes
 * through them: a table may have more than one would keep.
 */
export interface MeasuredModels extends Iterable<MeasuredModel> {
  readonly length: number;
}

/** Models that share a group, and their mean. */
export interface MeasuredGroup {
  readonly name: string;
  /** Its models, with the sizes of their test sets if they are known. */
  readonly members: readonly Point[];
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
  /** The models of the group of baselines. */
  readonly baselines: readonly Point[];
  /** Every model, baselines too, in the order that they were given in. */
  readonly models: MeasuredModels;
  /** Every group but the baselines, in the order of their first models. */
  readonly groups: readonly MeasuredGroup[];
}

/**
 * Fits the line through one group and measures every model by it. A model's
 * interval is that of the line; a group's holds the spread between its models
 * too (of a single model that of the baselines about the line), and the noise of
 * the test examples where sizes are given; an accuracy of 0 or 1 is then placed
 * at 1/(2n) or 1 − 1/(2n).
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
  const sizedOne = (point: Point) =>
    sizes === undefined ? point : { ...point, ...sizes };
  const sized = (members: readonly Point[]) =>
    sizes === undefined ? members : members.map(sizedOne);
  const baselines = sized(groups.get(baseline) ?? []);
  const line = fitLine(baselines, { scale, extremes: extremesFor(sizes) });
  groups.delete(baseline);
  return {
    baseline,
    level,
    sizes,
    line,
    baselines,
    models: {
      length: points.length,
      *[Symbol.iterator]() {
        for (const point of points) {
          const robustness = effectiveRobustness(sizedOne(point), {
            line,
            level,
          });
          yield { group: point.group, robustness };
        }
      },
    },
    groups: [...groups].map(([name, models]) => {
      const members = sized(models);
      const robustness = meanEffectiveRobustness(members, {
        line,
        level,
        oneLikeBaselines: true,
      });
      return { name, members, robustness };
    }),
  };
}
