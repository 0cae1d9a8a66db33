/**
 * Up to which share of a shifted set may lie out of the reference support, where
 * a classifier tells that part from the rest.
 *
 * @module
 */
import { criticalValue } from "../intervals/quantile.ts";
import { BOUNDS } from "./rule_bounds.ts";
import {
  isolated,
  type ShareOptions,
  type ShareScores,
  sizesOf,
  wilsonEnd,
} from "./bounded_share.ts";
import { stratifiedArea } from "./stratified_area.ts";

/** Scores, and what examples are compared within. */
export interface MostScores extends ShareScores {
  /** Class of each example; null for one class: [n]. */
  readonly strata: Int32Array | null;
}

/** Fewer shifted examples than these are no rest to speak of. */
const FEWEST = 20;

/**
 * The upper end of the share: the largest one-sided upper bound of
 * (a − b) / (1 − b) over all cuts beyond which a share b of at most ε of the
 * reference set lies, a being that of the shifted set. It is above the true
 * share where some such cut has the whole part beyond it; that is taken to be
 * so where the shifted examples below the last of these cuts are nearly alike
 * to the reference ones there, or fewer than 20. Null where they are not: more
 * may then be out of support.
 */
export function shareAtMost(
  sets: MostScores,
  { epsilon, level }: ShareOptions,
): number | null {
  const { scores, shifted, weights, strata, groups } = sets;
  const [ofReference, ofShifted] = sizesOf(sets);
  const order = Uint32Array.from(scores.keys())
    .sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const totals = [0, 0];
  for (const i of order) {
    const set = shifted[i] as 0 | 1;
    totals[set] = (totals[set] as number) + (weights[i] as number);
  }
  // Two-sided, so that the bounds of a and b, one-sided, hold at once.
  const z = criticalValue(level, Infinity);
  const sums = [0, 0];
  const rest = new Uint8Array(scores.length).fill(1);
  let high = 0;
  for (const i of order) {
    const set = shifted[i] as 0 | 1;
    sums[set] = (sums[set] as number) + (weights[i] as number);
    const [b, a] = [
      (sums[0] as number) / (totals[0] as number),
      (sums[1] as number) / (totals[1] as number),
    ];
    if (b > epsilon) break;
    rest[i] = 0;
    high = Math.max(
      high,
      isolated({
        ofShifted: wilsonEnd(a, { n: ofShifted, z }),
        ofReference: wilsonEnd(b, { n: ofReference, z: -z }),
      }),
    );
  }
  const below = order.filter((i) => rest[i] === 1).sort();
  high = Math.min(1, high);
  if (below.filter((i) => shifted[i] === 1).length < FEWEST) return high;
  const area = stratifiedArea({
    scores: Float64Array.from(below, (i) => scores[i] as number),
    shifted: Uint8Array.from(below, (i) => shifted[i] as number),
    strata: strata === null
      ? null
      : Int32Array.from(below, (i) => strata[i] as number),
    groups: groups === null
      ? null
      : Array.from(below, (i) => groups[i] as string),
  });
  return area !== null && area.area + 1.96 * area.error <= BOUNDS.alike
    ? high
    : null;
}
