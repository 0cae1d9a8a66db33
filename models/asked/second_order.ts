/**
 * What a linear classifier of features does not see, as features.
 *
 * @module
 */
import type { AskedFeatures } from "../../data/asked/asked_set.ts";

/** So many products at most: there are none of more than 23 features. */
const MOST_PRODUCTS = 256;

/** Farther from the mean of its class, in deviations, counts as so far: one value does not make the others small. */
const FARTHEST = 3;

/**
 * How far each feature of an example lies from its mean in the example's class,
 * on either side; and, of few features, the products of each two. What spreads
 * or goes together otherwise than before moves their means.
 *
 * @param strata class of each example: [n]
 */
export function secondOrder(
  features: readonly AskedFeatures[],
  strata: Int32Array,
): AskedFeatures {
  const n = strata.length;
  const about = features.flatMap(({ values, dimension }) =>
    Array.from({ length: dimension }, (_, k) =>
      inDeviations(
        Float64Array.from(
          strata,
          (_, i) => values[i * dimension + k] as number,
        ),
        strata,
      ))
  );
  const pairs = about.length * (about.length - 1) / 2 > MOST_PRODUCTS
    ? []
    : about.flatMap((_, j) => about.slice(0, j).map((_, k) => [j, k] as const));
  const dimension = about.length + pairs.length;
  const values = new Float32Array(n * dimension);
  for (let i = 0; i < n; i++) {
    const place = i * dimension;
    for (const [k, column] of about.entries()) {
      values[place + k] = Math.abs(column[i] as number);
    }
    for (const [at, [j, k]] of pairs.entries()) {
      values[place + about.length + at] = (about[j]?.[i] as number) *
        (about[k]?.[i] as number);
    }
  }
  return { values, dimension };
}

/** A feature about its means in the classes, in deviations from them; 0 where it has none. */
function inDeviations(values: Float64Array, strata: Int32Array): Float64Array {
  const sums = new Map<number, { n: number; sum: number }>();
  for (const [i, label] of strata.entries()) {
    const one = sums.get(label) ?? { n: 0, sum: 0 };
    one.n++;
    one.sum += values[i] as number;
    sums.set(label, one);
  }
  let squares = 0;
  const off = values.map((value, i) => {
    const { n, sum } = sums.get(strata[i] as number) as {
      n: number;
      sum: number;
    };
    squares += (value - sum / n) ** 2;
    return value - sum / n;
  });
  const deviation = Math.sqrt(squares / values.length);
  return off.map((value) =>
    deviation === 0
      ? 0
      : Math.max(-FARTHEST, Math.min(FARTHEST, value / deviation))
  );
}
