/**
 * Whether the intervals of effective robustness hold what they should on
 * networks that the line has not seen: each group of baselines is left out in
 * turn, and measured over the line through the others.
 *
 * @module
 */
import { clopperPearson } from "../intervals/proportion.ts";
import {
  type MeanEffectiveRobustness,
  meanEffectiveRobustness,
} from "./mean_effective_robustness.ts";
import { type PartRobustness, partRobustness } from "./part_robustness.ts";
import type { Point } from "./point.ts";

/** Networks that are akin. */
export interface PointGroup {
  readonly name: string;
  readonly points: readonly Point[];
}

/** A group over the line through all others. */
export interface LeftOutGroup {
  readonly name: string;
  /** The others, their line, and what the group as a whole gains over it. */
  readonly whole: PartRobustness;
  /** Its networks, each by itself. */
  readonly each: readonly LeftOutPoint[];
}

/** A network over the line that its group has no part in. */
export interface LeftOutPoint {
  readonly point: Point;
  /** Its effective robustness, as the mean of one network. */
  readonly robustness: MeanEffectiveRobustness;
}

/**
 * Leaves each group out in turn.
 *
 * @throws {RangeError} if a group is empty, or too few networks for a line are
 * left without one
 */
export function leaveGroupsOut(
  groups: readonly PointGroup[],
  options: { readonly level?: number | undefined } = {},
): readonly LeftOutGroup[] {
  return groups.map((group) => {
    const baselines = groups.filter((other) => other !== group)
      .flatMap(({ points }) => points);
    const whole = partRobustness(
      { baselines, networks: group.points },
      options,
    );
    const { line } = whole;
    const each = group.points.map((point) => ({
      point,
      robustness: meanEffectiveRobustness([point], { ...options, line }),
    }));
    return { name: group.name, whole, each };
  });
}

/** How many intervals hold zero. */
export interface Coverage {
  readonly held: number;
  /** Number of intervals. */
  readonly n: number;
  /** Their share. */
  readonly value: number;
  /** Lower end of the share's interval. */
  readonly low: number;
  /** Upper end of the share's interval. */
  readonly high: number;
}

/**
 * The share of intervals that hold zero, with Clopper and Pearson's interval:
 * that of independent intervals, so too narrow where they share test images.
 *
 * @throws {RangeError} if there is no interval
 */
export function coverageOfZero(
  intervals: readonly { readonly low: number; readonly high: number }[],
  options: { readonly level?: number | undefined } = {},
): Coverage {
  const n = intervals.length;
  const held = intervals.filter(holdsZero).length;
  const { low, high } = clopperPearson({ successes: held, n }, options);
  return { held, n, value: held / n, low, high };
}

/** Whether zero lies in an interval; its ends are in it. */
export function holdsZero(
  { low, high }: { readonly low: number; readonly high: number },
): boolean {
  return low <= 0 && 0 <= high;
}
