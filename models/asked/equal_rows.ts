/**
 * Rows that are equal in all features, found in one pass over their numbers.
 *
 * @module
 */
import { type Digest, digestOf } from "../../engine/define/hash.ts";
import type { FeatureRows } from "./feature_rows.ts";

/** Place of the first row that is equal in all features, its own where none before it is: [n]. 0 and -0 are equal, NaN is equal to nothing. */
export function firstEqualRows(
  features: readonly FeatureRows[],
  n: number,
): Uint32Array {
  const d = features.reduce((sum, { dimension }) => sum + dimension, 0);
  const row = new Float32Array(d);
  const bytes = new Uint8Array(row.buffer);
  const firsts = new Map<Digest, number>();
  return Uint32Array.from({ length: n }, (_, i) => {
    let at = 0;
    for (const kind of features) {
      for (const value of kind.row(i)) row[at++] = value + 0; // -0 + 0 is 0
    }
    if (row.some(Number.isNaN)) return i;
    const digest = digestOf(bytes);
    const first = firsts.get(digest);
    if (first === undefined) firsts.set(digest, i);
    return first ?? i;
  });
}

/**
 * Share of the rows in `range` that are equal to one there of another unit.
 *
 * @param first what `firstEqualRows()` gives
 */
export function shareEqual(
  first: Uint32Array,
  { range: [from, to], unitOf }: {
    /** The first row, and the one after the last. */
    readonly range: readonly [number, number];
    /** What a row belongs to, of which one expects equal rows: its group, or itself. */
    readonly unitOf: (row: number) => number;
  },
): number {
  if (from === to) return 0;
  const units = new Map<number, number>();
  const isShared = new Set<number>();
  for (let i = from; i < to; i++) {
    const row = first[i] as number;
    const unit = units.get(row);
    if (unit === undefined) units.set(row, unitOf(i));
    else if (unit !== unitOf(i)) isShared.add(row);
  }
  let shared = 0;
  for (let i = from; i < to; i++) shared += +isShared.has(first[i] as number);
  return shared / (to - from);
}

/**
 * Each row with the first equal one of each range: these pairs connect all
 * equal rows of a range, and every row with some row of each range that has an equal one.
 *
 * @param first what `firstEqualRows()` gives
 * @param ranges first rows, and those after the last
 */
export function* equalPairs(
  first: Uint32Array,
  ranges: readonly (readonly [number, number])[],
): Generator<readonly [number, number]> {
  const firstsOf = ranges.map(([from, to]) => {
    const firsts = new Map<number, number>();
    for (let i = from; i < to; i++) {
      const row = first[i] as number;
      if (!firsts.has(row)) firsts.set(row, i);
    }
    return firsts;
  });
  for (const [i, row] of first.entries()) {
    for (const firsts of firstsOf) {
      const j = firsts.get(row);
      if (j !== undefined && j !== i) yield [j, i];
    }
  }
}
