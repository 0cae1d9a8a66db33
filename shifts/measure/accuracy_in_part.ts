import type { MixedAccuracy } from "./accuracy_on.ts";

/** Examples that count differently, and which of them belong together. */
export interface WeightedExamples {
  /** How much each example counts, 0 or more. */
  readonly weights: Float64Array;
  /**
   * Name of the unit that each example belongs to, e.g. the family of a
   * typeface: examples of one unit are not independent. Each is a unit of its
   * own where left out.
   */
  readonly units?: readonly string[] | undefined;
}

/**
 * The share of examples that a network gets right, each counted with its
 * weight, and how many independent examples leave as much sampling noise.
 *
 * With one unit an example that is Kish's (Σ w)² / Σ w². With larger units the
 * variance is that of the linearised ratio between units, G / (G − 1) ·
 * Σ_g (Σ_{i in g} w_i (y_i − accuracy))² / (Σ w)² (Cochran, Sampling
 * Techniques, 3rd ed., section 11.8), and the size is accuracy ·
 * (1 − accuracy) over it, but no more than Kish's.
 *
 * @param right 1 where the network is right, 0 where it is wrong
 * @throws {RangeError} if lengths differ, or no example counts
 */
export function accuracyInPart(
  right: Uint8Array,
  { weights, units }: WeightedExamples,
): MixedAccuracy {
  const { accuracy, size } = weighed(right, { weights, units });
  if (units === undefined) return { accuracy, size };
  const { influences, count } = byUnit(right, { weights, units });
  const variance = influences.reduce((sum, one) => sum + one * one, 0);
  // All right or all wrong: no spread to go by, so a unit counts as one example.
  const independent = count < 2 || accuracy === 0 || accuracy === 1
    ? count
    : accuracy * (1 - accuracy) / variance;
  return { accuracy, size: Math.min(size, independent) };
}

/**
 * What each unit adds to the accuracy of {@linkcode accuracyInPart}, to first
 * order, in the order in which units first occur, whatever the weights: 0 where
 * none of its examples counts. The sum is 0; the sum of squares is the variance
 * of the accuracy when the units that count are drawn anew, 0 where there is one.
 *
 * @throws {RangeError} if lengths differ, or no example counts
 */
export function influencesOfUnits(
  right: Uint8Array,
  { weights, units }: WeightedExamples,
): Float64Array {
  return byUnit(right, { weights, units }).influences;
}

/** What units add, and of how many an example counts. */
function byUnit(
  right: Uint8Array,
  { weights, units }: WeightedExamples,
): { readonly influences: Float64Array; readonly count: number } {
  const { accuracy, total } = weighed(right, { weights, units });
  const numbers = new Map<string | number, number>();
  const sums: number[] = [];
  const counts: boolean[] = [];
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    const unit = units?.[i] ?? i;
    let at = numbers.get(unit);
    if (at === undefined) {
      numbers.set(unit, at = sums.length);
      sums.push(0);
      counts.push(false);
    }
    sums[at] = (sums[at] as number) +
      weight * ((right[i] as number) - accuracy);
    if (weight !== 0) counts[at] = true;
  }
  const count = counts.filter(Boolean).length;
  const scale = count < 2 ? 0 : Math.sqrt(count / (count - 1)) / total;
  return { influences: Float64Array.from(sums, (sum) => scale * sum), count };
}

/** Number of units of which an example counts. */
export function unitsIn({ weights, units }: WeightedExamples): number {
  const there = new Set<string | number>();
  for (const [i, weight] of weights.entries()) {
    if (weight !== 0) there.add(units?.[i] ?? i);
  }
  return there.size;
}

/** The accuracy, the sum of the weights, and Kish's size. */
function weighed(
  right: Uint8Array,
  { weights, units }: WeightedExamples,
): MixedAccuracy & { readonly total: number } {
  const n = right.length;
  if (weights.length !== n || (units !== undefined && units.length !== n)) {
    throw new RangeError(
      `Cannot take an accuracy on a part: a network saw ${n} examples, but ${weights.length} have a weight and ${
        units?.length ?? n
      } a unit`,
    );
  }
  let [total, squares, hits] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const weight = weights[i] as number;
    total += weight;
    squares += weight * weight;
    if (right[i] === 1) hits += weight;
  }
  if (!(total > 0)) {
    throw new RangeError(
      `Cannot take an accuracy on a part: none of ${n} examples counts in it`,
    );
  }
  return { accuracy: hits / total, size: total * total / squares, total };
}
