/**
 * Placebo splits: parts that look like those of a split in size, or in size
 * and difficulty, and have nothing else to do with it.
 *
 * @module
 */
import type { Stream } from "../../engine/define/random.ts";

/** What is dealt anew. */
export interface PlaceboOptions {
  /**
   * Examples are exchanged only with those of equal stratum, e.g. of equal
   * difficulty; with all others where left out.
   */
  readonly strata?: Float64Array | undefined;
  readonly random: Stream;
}

/**
 * The membership of a split, dealt anew among the examples: as many of each
 * part, of each stratum.
 *
 * @param inSupport 1 or 0 for each example
 */
export function placebo(
  inSupport: Uint8Array,
  { strata, random }: PlaceboOptions,
): Uint8Array {
  const n = inSupport.length;
  const members = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const stratum = strata?.[i] ?? 0;
    const found = members.get(stratum);
    if (found === undefined) members.set(stratum, [i]);
    else found.push(i);
  }
  const dealt = new Uint8Array(n);
  for (const [, indices] of [...members].sort(([a], [b]) => a - b)) {
    const order = random.permutation(indices.length);
    for (const [k, i] of indices.entries()) {
      dealt[i] = inSupport[indices[order[k] as number] as number] as number;
    }
  }
  return dealt;
}
