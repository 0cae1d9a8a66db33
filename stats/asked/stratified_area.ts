/**
 * Areas under the curve between examples of the same class.
 *
 * @module
 */
import {
  auroc,
  aurocVariance,
  shareBelow,
  UNIFORM_VARIANCE,
} from "../intervals/auroc.ts";
import { groupsInSets } from "./groups_in_sets.ts";

/** Scores of examples of two sets. */
export interface TwoSets {
  /** Higher for examples that look shifted: [n]. */
  readonly scores: Float64Array;
  /** 1 for shifted examples, 0 for reference ones: [n]. */
  readonly shifted: Uint8Array;
  /** Class of each example; null for one class: [n]. */
  readonly strata: Int32Array | null;
  /** Name of the group of each example, for the error of an area; where null or left out each is its own: [n]. */
  readonly groups?: readonly string[] | null;
}

/** An area with its standard error. */
export interface Area {
  readonly area: number;
  /** DeLong's (1988), of groups as Obuchowski (1997) has it. */
  readonly error: number;
}

/** Scores of one class, of either set. */
interface Stratum {
  readonly shifted: Float64Array;
  readonly reference: Float64Array;
  /** Places of these examples among all. */
  readonly rows: Readonly<Record<"shifted" | "reference", Uint32Array>>;
  /** n₁ n₂ / (n₁ + n₂): about the inverse variance of the class's area under the null. */
  readonly weight: number;
}

/**
 * The mean of the classes' areas, weighted by n₁ n₂ / (n₁ + n₂); null if no
 * class has examples of both sets.
 */
export function stratifiedArea(sets: TwoSets): Area | null {
  const strata = split(sets);
  const total = strata.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  let [area, variance] = [0, 0];
  for (const { shifted, reference, weight } of strata) {
    area += weight * auroc(shifted, reference);
    variance += (weight / total) ** 2 * aurocVariance(shifted, reference);
  }
  const { groups = null } = sets;
  return {
    // At the end: shares of the total need not add up to 1.
    area: area / total,
    error: Math.sqrt(
      groups === null ? variance : groupedVariance({ ...sets, groups }),
    ),
  };
}

/**
 * What each example adds to the area beside its class's, summed up by group and
 * then squared: examples of one group, of whatever class, go up and down
 * together. Groups of the two sets are drawn by themselves. As means of a class
 * are of few groups, what lies beside them is g / (g − 1) of its square; a
 * group that is alone in classes adds what one example does in all of them.
 */
function groupedVariance(
  sets: TwoSets & { readonly groups: readonly string[] },
): number {
  const { shifted } = sets;
  const strata = split(sets);
  const total = strata.reduce((sum, { weight }) => sum + weight, 0);
  const units = groupsInSets(sets);
  const sums = [0, 1].map(() => new Map<number, number>());
  const singles = new Map<number, number>();
  for (const { rows, shifted: moved, reference, weight } of strata) {
    for (
      const [own, other] of [[moved, reference], [reference, moved]] as const
    ) {
      const shares = shareBelow(own, other);
      const middle = shares.reduce((sum, share) => sum + share, 0) / own.length;
      const of = own === moved ? rows.shifted : rows.reference;
      const count = new Set(Array.from(of, (i) => units[i])).size;
      if (count === 1) {
        const unit = units[of[0] as number] as number;
        singles.set(unit, (singles.get(unit) ?? 0) + weight / total);
        continue;
      }
      const scale = Math.sqrt(count / (count - 1));
      for (const [k, share] of shares.entries()) {
        const i = of[k] as number;
        const unit = units[i] as number;
        const sum = sums[shifted[i] as 0 | 1] as Map<number, number>;
        sum.set(
          unit,
          (sum.get(unit) ?? 0) +
            scale * weight / total * (share - middle) / own.length,
        );
      }
    }
  }
  const squares = (sum: ReadonlyMap<number, number>) =>
    [...sum.values()].reduce((all, one) => all + one * one, 0);
  return sums.reduce(
    (variance, sum) => variance + squares(sum),
    UNIFORM_VARIANCE * squares(singles),
  );
}

/**
 * What gives the area of {@linkcode stratifiedArea} alone, 0.5 where there is
 * none, of hundreds of scores and splits of the same examples.
 *
 * @param strata class of each example; null for one class: [n]
 */
export function quickArea(
  strata: Int32Array | null,
): (sets: Pick<TwoSets, "scores" | "shifted">) => number {
  const { of, classes } = classesOf(strata);
  return ({ scores, shifted }) => {
    const all = scoresBySet({ scores, shifted, of, classes });
    let [sum, total] = [0, 0];
    for (let c = 0; c < classes; c++) {
      const lower = all[2 * c] as Float64Array;
      const higher = all[2 * c + 1] as Float64Array;
      if (lower.length === 0 || higher.length === 0) continue;
      const weight = weightOf(lower, higher);
      sum += weight * areaOfSorted(higher.sort(), lower.sort());
      total += weight;
    }
    return total === 0 ? 0.5 : sum / total;
  };
}

/** Mann and Whitney's share of pairs, of scores in rising order. */
function areaOfSorted(higher: Float64Array, lower: Float64Array): number {
  let [below, upTo, sum] = [0, 0, 0];
  for (const score of higher) {
    while (below < lower.length && (lower[below] as number) < score) below++;
    upTo = Math.max(upTo, below);
    while (upTo < lower.length && (lower[upTo] as number) === score) upTo++;
    sum += (below + upTo) / 2;
  }
  return sum / (higher.length * lower.length);
}

/** Number of the class of each example, in the order in which classes are met, null where all are of one; and how many there are. */
function classesOf(
  strata: Int32Array | null,
): { readonly of: Int32Array | null; readonly classes: number } {
  if (strata === null) return { of: null, classes: 1 };
  const places = new Map<number, number>();
  const of = strata.map((name) => {
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return place;
  });
  return { of, classes: Math.max(1, places.size) };
}

/** Scores of each class, reference ones and then shifted ones. */
function scoresBySet(
  { scores, shifted, of, classes }:
    & Pick<TwoSets, "scores" | "shifted">
    & ReturnType<typeof classesOf>,
): readonly Float64Array[] {
  const n = shifted.length;
  const counts = new Uint32Array(2 * classes);
  const placeOf = (i: number) =>
    (of === null ? 0 : 2 * (of[i] as number)) + (shifted[i] as number);
  for (let i = 0; i < n; i++) {
    const at = placeOf(i);
    counts[at] = (counts[at] as number) + 1;
  }
  const all = Array.from(counts, (count) => new Float64Array(count));
  counts.fill(0);
  for (let i = 0; i < n; i++) {
    const at = placeOf(i);
    const next = counts[at] as number;
    (all[at] as Float64Array)[next] = scores[i] as number;
    counts[at] = next + 1;
  }
  return all;
}

/** n₁ n₂ / (n₁ + n₂). */
function weightOf(first: Float64Array, second: Float64Array): number {
  const [a, b] = [first.length, second.length];
  return a * b / (a + b);
}

/** The classes that both sets have. */
function split({ scores, shifted, strata }: TwoSets): readonly Stratum[] {
  const { of, classes } = classesOf(strata);
  const sets = { shifted, of, classes };
  const all = scoresBySet({ ...sets, scores });
  const rows = scoresBySet({
    ...sets,
    scores: Float64Array.from(shifted.keys()),
  });
  return Array.from({ length: classes }, (_, c): Stratum => {
    const [reference, moved] = [all[2 * c], all[2 * c + 1]] as [
      Float64Array,
      Float64Array,
    ];
    return {
      shifted: moved,
      reference,
      rows: {
        reference: Uint32Array.from(rows[2 * c] as Float64Array),
        shifted: Uint32Array.from(rows[2 * c + 1] as Float64Array),
      },
      weight: weightOf(reference, moved),
    };
  }).filter(({ shifted, reference }) =>
    shifted.length > 0 && reference.length > 0
  );
}
