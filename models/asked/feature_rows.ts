/**
 * Features of several sets as one, where they lie: there may be hundreds of
 * megabytes of them.
 *
 * @module
 */
import type { AskedFeatures, AskedSet } from "../../data/asked/asked_set.ts";

/** One kind of features of the examples of some sets, one set after the other. */
export interface FeatureRows {
  /** Number of features of an example. */
  readonly dimension: number;
  /** Features of an example, which are the set's own: [dimension]. */
  readonly row: (i: number) => Float32Array;
}

/** The kinds of features that all of some sets have, by name. */
export function featureRows(
  sets: readonly Pick<AskedSet, "n" | "features">[],
): Readonly<Record<string, FeatureRows>> {
  const kinds: [string, FeatureRows][] = [];
  for (const name of Object.keys(sets[0]?.features ?? {})) {
    const parts = sets.flatMap(({ n, features: { [name]: own } }) =>
      own === undefined ? [] : [{ n, own }]
    );
    if (parts.length === sets.length) kinds.push([name, rowsOf(parts)]);
  }
  return Object.fromEntries(kinds);
}

function rowsOf(
  parts: readonly { readonly n: number; readonly own: AskedFeatures }[],
): FeatureRows {
  const dimension = parts[0]?.own.dimension ?? 0;
  return {
    dimension,
    row(i) {
      let at = i;
      for (const { n, own: { values } } of parts) {
        if (at < n) {
          return values.subarray(at * dimension, (at + 1) * dimension);
        }
        at -= n;
      }
      throw new RangeError(`Cannot read features: there is no example ${i}`);
    },
  };
}
