/**
 * The share of a shifted set that lies out of the reference support, bounded
 * from the curve of a classifier's scores, without calibration.
 *
 * @module
 */
import { clopperPearson } from "../intervals/proportion.ts";
import { criticalValue } from "../intervals/quantile.ts";
import { risingOrder } from "../splits/rising_order.ts";
import type { BoundedShare } from "./ask_findings_schemas.ts";
import { groupsInSets } from "./groups_in_sets.ts";

/** Scores of examples of two sets by classifiers that did not see their folds. */
export interface ShareScores {
  /** Higher for examples that look shifted: [n]. */
  readonly scores: Float64Array;
  /** 1 for shifted examples, 0 for reference ones: [n]. */
  readonly shifted: Uint8Array;
  /** How much each example counts within its set: [n]. */
  readonly weights: Float64Array;
  /** Fold of each example: [n]. */
  readonly folds: Uint8Array;
  /** Name of the group of each example, whose examples may all be alike; null where each is its own: [n]. */
  readonly groups: readonly string[] | null;
}

/** What counts as out of support, and how sure the bound is. */
export interface ShareOptions {
  /** Largest density ratio, reference over shifted, of what is out of support. */
  readonly epsilon: number;
  /** One-sided level of the bound. */
  readonly level: number;
}

/** A share, and who is in it. */
export interface IsolatedPart extends BoundedShare {
  /** 1 for each shifted example beyond the cut, 0 for the others and for reference examples: [n]. None where the share is 0. */
  readonly beyond: Uint8Array;
}

/** Shares of both sets beyond a cut. */
export interface Beyond {
  readonly ofShifted: number;
  readonly ofReference: number;
}

/**
 * The largest part of the shifted set that a cut of the scores isolates, while
 * the share of the reference set beyond the cut is at most ε times that part.
 *
 * If the shifted set is a mixture of reference examples and a part π of which
 * the reference has none, then whatever the cut, a ≤ π + (1 − π) b for the
 * shares a and b of the two sets beyond it (Blanchard, Lee, Scott 2010), so
 * that (a − b) / (1 − b) never exceeds π: that is the share. Its bound takes a
 * and b at the ends of Clopper–Pearson intervals, which hold together with the
 * level. The cut of each fold is the best one on all others, so that nothing
 * is gained by having searched for it. A classifier that does not tell the
 * part apart makes the share smaller, never larger: "at least".
 *
 * @throws {RangeError} if one set is empty
 */
export function boundedShare(
  sets: ShareScores,
  { epsilon, level }: ShareOptions,
): IsolatedPart {
  const { scores, shifted, weights, folds } = sets;
  const n = scores.length;
  const sizes = sizesOf(sets);
  if (!(sizes[0] > 0 && sizes[1] > 0)) {
    throw new RangeError(
      "Cannot bound a share: there must be examples of both sets",
    );
  }
  const order = risingOrder(scores.map((score) => -score));
  const beyond = new Uint8Array(n);
  const sums = { shifted: 0, reference: 0, allShifted: 0, allReference: 0 };
  for (const fold of new Set(folds)) {
    const cut = bestCut(sets, { order, without: fold, epsilon, level, sizes });
    for (let i = 0; i < n; i++) {
      if (folds[i] !== fold) continue;
      const weight = weights[i] as number;
      const is = (scores[i] as number) > cut;
      if (shifted[i] === 1) {
        sums.allShifted += weight;
        if (!is) continue;
        sums.shifted += weight;
        beyond[i] = 1;
      } else {
        sums.allReference += weight;
        if (is) sums.reference += weight;
      }
    }
  }
  const [a, b] = [
    sums.shifted / sums.allShifted,
    sums.reference / sums.allReference,
  ];
  // Both bounds hold at once.
  const each = 1 - (1 - level) / 2;
  const least = oneSided(a, { n: sizes[1], level: each }).low;
  const most = oneSided(b, { n: sizes[0], level: each }).high;
  if (!(a > 0 && b <= epsilon * a)) {
    return { share: 0, low: 0, high: 1, beyond: beyond.fill(0) };
  }
  return {
    share: isolated({ ofShifted: a, ofReference: b }),
    low: most <= epsilon * least
      ? isolated({ ofShifted: least, ofReference: most })
      : 0,
    high: 1,
    beyond,
  };
}

/**
 * Number of equally weighted reference and shifted examples, each its own
 * group, that are worth as much as those of the sets (Kish): of groups of m
 * examples, (Σm)² / Σm², each set by itself.
 */
export function sizesOf(sets: ShareScores): readonly [number, number] {
  const groups = groupsInSets(sets);
  const weights = new Float64Array(groups.length);
  const ofGroups = [new Set<number>(), new Set<number>()];
  for (const [i, set] of sets.shifted.entries()) {
    const group = groups[i] as number;
    weights[group] = (weights[group] as number) + (sets.weights[i] as number);
    ofGroups[set]?.add(group);
  }
  const [reference, shifted] = ofGroups.map((some) => {
    let [sum, squares] = [0, 0];
    for (const group of some) {
      sum += weights[group] as number;
      squares += (weights[group] as number) ** 2;
    }
    return squares === 0 ? 0 : sum * sum / squares;
  }) as [number, number];
  return [reference, shifted];
}

/** The part of a mixture that shares beyond a cut show; 0 at least. */
export function isolated({ ofShifted, ofReference }: Beyond): number {
  return Math.max(0, (ofShifted - ofReference) / (1 - ofReference));
}

/** Clopper and Pearson's bounds of a share of about `n` examples, rounded away from the middle. */
function oneSided(
  share: number,
  { n, level }: { readonly n: number; readonly level: number },
): { readonly low: number; readonly high: number } {
  const whole = Math.max(1, Math.floor(n + 1e-9));
  const two = { level: 2 * level - 1 };
  return {
    low: clopperPearson(
      { successes: Math.floor(share * whole + 1e-9), n: whole },
      two,
    ).low,
    high: clopperPearson(
      { successes: Math.ceil(share * whole - 1e-9), n: whole },
      two,
    ).high,
  };
}

/** The score beyond which the bound of the share is largest on all folds but one; infinite where there is none. */
function bestCut(
  { scores, shifted, weights, folds }: ShareScores,
  { order, without, epsilon, level, sizes }: {
    readonly order: Uint32Array;
    readonly without: number;
    readonly epsilon: number;
    readonly level: number;
    readonly sizes: readonly [number, number];
  },
): number {
  const ranked = order.filter((i) => folds[i] !== without);
  const n = ranked.length;
  // Of either set, what of it lies at a score or above.
  const shares = [new Float64Array(n), new Float64Array(n)] as const;
  const sums = [0, 0];
  for (let rank = 0; rank < n; rank++) {
    const i = ranked[rank] as number;
    const set = shifted[i] as 0 | 1;
    sums[set] = (sums[set] as number) + (weights[i] as number);
    shares[0][rank] = sums[0] as number;
    shares[1][rank] = sums[1] as number;
  }
  for (const share of shares) {
    const total = share[n - 1] as number;
    for (let rank = 0; rank < n; rank++) {
      share[rank] = (share[rank] as number) / total;
    }
  }
  // With a standard error to spare, so that what is chosen here holds on the
  // other fold too; looser bounds, for a best guess, where nothing does.
  const own = criticalValue(level, Infinity);
  for (const z of [own + 1, own, 1, 0]) {
    let [best, cut] = [0, Infinity];
    for (let rank = 0; rank < n; rank++) {
      const score = scores[ranked[rank] as number] as number;
      const next = rank + 1 < n
        ? scores[ranked[rank + 1] as number] as number
        : -Infinity;
      if (rank + 1 < n && next === score) continue;
      const least = wilsonEnd(shares[1][rank] as number, {
        n: sizes[1],
        z: -z,
      });
      const most = wilsonEnd(shares[0][rank] as number, { n: sizes[0], z });
      if (most > epsilon * least) continue;
      const value = isolated({ ofShifted: least, ofReference: most });
      if (value > best) {
        best = value;
        cut = (score + next) / 2;
      }
    }
    if (best > 0) return cut;
  }
  return Infinity;
}

/** One end of Wilson's interval of a share of `n` examples: the lower one where `z` is negative. */
export function wilsonEnd(
  share: number,
  { n, z }: { readonly n: number; readonly z: number },
): number {
  if (share === (z > 0 ? 1 : 0)) return share; // without rounding
  return (share + z * z / (2 * n) +
    z * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))) /
    (1 + z * z / n);
}
