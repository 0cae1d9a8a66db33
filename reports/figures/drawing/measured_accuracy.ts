/**
 * Accuracies with their intervals.
 *
 * @module
 */
import { smallest } from "../../../stats/intervals/extremes.ts";
import { mean, meanAccuracy } from "../../../stats/intervals/mean.ts";
import type { Point } from "../../../stats/lines/point.ts";

/** A mean accuracy with its interval, where one is known. */
export interface MeasuredAccuracy {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

/** The smallest number of images behind some accuracies, as if all shared those; unknown if any is. */
export function sharedSize(
  runs: readonly Point[],
  side: "reference" | "shifted",
): number | undefined {
  const sizes = runs.map((run) => run[`${side}Size` as const]);
  const known = sizes.filter((size) => size !== undefined);
  return known.length < sizes.length ? undefined : smallest(known);
}

/** How often some networks are right on average. */
export function measuredAccuracy(
  runs: readonly Point[],
  { side, level }: {
    readonly side: "reference" | "shifted";
    readonly level?: number | undefined;
  },
): MeasuredAccuracy {
  const accuracies = runs.map((run) => run[side]);
  const size = sharedSize(runs, side);
  const value = mean(accuracies);
  const isAlone = accuracies.length < 2;
  if (isAlone && size === undefined) return { value, interval: null };
  const { low, high } = meanAccuracy(accuracies, { size, level });
  return { value, interval: [low, high] };
}
