/**
 * How far networks lie outside the baselines' range, where their effective
 * robustness rests on an extrapolated line.
 *
 * @module
 */
import { z } from "zod";
import type { Point } from "./point.ts";
import type { Line } from "./regression.ts";
import { largest } from "../intervals/extremes.ts";

/** Overlap of networks with the baselines in reference accuracy. */
export interface RangeOverlap {
  /** Number of networks. */
  readonly n: number;
  /** How many lie within the baselines' range. */
  readonly inside: number;
  /** Share of the networks that do. */
  readonly share: number;
  /** Mean distance from that range; those within count as 0. Fractions of accuracy. */
  readonly meanDistance: number;
  /** Greatest distance from it. */
  readonly maxDistance: number;
}

/** Schema of {@linkcode RangeOverlap}. */
export const rangeOverlapSchema: z.ZodType<RangeOverlap> = z.strictObject({
  n: z.int().positive(),
  inside: z.int().nonnegative(),
  share: z.number().min(0).max(1),
  meanDistance: z.number().nonnegative(),
  maxDistance: z.number().nonnegative(),
});

/**
 * Overlap of networks with the baselines of a line.
 *
 * @throws {RangeError} if there is no network
 */
export function rangeOverlap(
  points: readonly Point[],
  { range: [lowest, highest] }: Pick<Line, "range">,
): RangeOverlap {
  const n = points.length;
  if (n === 0) {
    throw new RangeError(
      "Cannot compare networks with the baselines' range: there is no network",
    );
  }
  const distances = points.map(({ reference }) =>
    Math.max(0, reference - highest, lowest - reference)
  );
  const inside = distances.filter((distance) => distance === 0).length;
  return {
    n,
    inside,
    share: inside / n,
    meanDistance: distances.reduce((total, one) => total + one, 0) / n,
    maxDistance: largest(distances),
  };
}
