/**
 * Rows that are equal in all features, found in one pass over their numbers.
 *
 * @module
 */
import type { AskedFeatures } from "../../data/asked/asked_set.ts";

/** Place of the first row that is equal in all features, its own where none before it is: [n]. 0 and -0 are equal. */
export function firstEqualRows(
  features: readonly AskedFeatures[],
  n: number,
): Uint32Array {
  const hashes = hashesOf(features, n);
  // By hash, the first of each of the unequal rows that have it.
  const firsts = new Map<number, number[]>();
  return Uint32Array.from({ length: n }, (_, i) => {
    const hash = hashes[i] as number;
    const there = firsts.get(hash);
    const first = there?.find((j) => areEqual(features, [i, j]));
    if (first !== undefined) return first;
    if (there === undefined) firsts.set(hash, [i]);
    else there.push(i);
    return i;
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

function areEqual(
  features: readonly AskedFeatures[],
  [i, j]: readonly [number, number],
): boolean {
  return features.every(({ values, dimension: d }) => {
    for (let k = 0; k < d; k++) {
      if (values[i * d + k] !== values[j * d + k]) return false;
    }
    return true;
  });
}

/** A number of 32 bits for each row, the same for equal ones: MurmurHash3 of its bytes. */
function hashesOf(
  features: readonly AskedFeatures[],
  n: number,
): Uint32Array {
  const hashes = new Uint32Array(n);
  for (const { values, dimension: d } of features) {
    const { buffer, byteOffset, length } = values;
    const words = new Uint32Array(buffer, byteOffset, length);
    for (let i = 0; i < n; i++) {
      let hash = hashes[i] as number;
      for (let at = i * d; at < (i + 1) * d; at++) {
        // -0 counts as 0.
        const word = values[at] === 0 ? 0 : words[at] as number;
        const mixed = Math.imul(
          turned(Math.imul(word, 0xcc9e2d51), 15),
          0x1b873593,
        );
        hash = Math.imul(turned(hash ^ mixed, 13), 5) + 0xe6546b64;
      }
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      hashes[i] = hash ^ (hash >>> 16);
    }
  }
  return hashes;
}

/** A word of 32 bits, its upper `bits` moved below the others. */
function turned(word: number, bits: number): number {
  return word << bits | word >>> (32 - bits);
}
