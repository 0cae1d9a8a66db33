/**
 * Folds for cross-fitting.
 *
 * @module
 */
import { stream } from "../../engine/define/random.ts";

/** How to deal examples into folds. */
export interface FoldOptions {
  /** How many folds there are, 2 to 255. */
  readonly folds: number;
  readonly seed: number;
}

/** Examples of one set: how many, and which belong together. */
export interface FoldedSet {
  readonly n: number;
  /** Name of the group of each example: [n]. Each is a group of its own where left out. */
  readonly groups?: readonly string[] | undefined;
}

/**
 * The fold of each example of some sets. Examples of one group, in whatever
 * set, are in one fold; beyond that every fold gets about as many examples of
 * each set. Groups are dealt in random order, large ones first, each to the
 * fold that has the fewest examples of its sets.
 *
 * @throws {RangeError} if the number of folds is out of range, group names do
 * not fit, or there are fewer groups than folds
 */
export function foldsOf(
  sets: readonly FoldedSet[],
  { folds, seed }: FoldOptions,
): readonly Uint8Array[] {
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= 255)) {
    throw new RangeError(
      `Cannot deal examples into ${folds} folds: there are 2 to 255`,
    );
  }
  const groups = new Map<string, [set: number, index: number][]>();
  for (const [k, { n, groups: names }] of sets.entries()) {
    if (names !== undefined && names.length !== n) {
      throw new RangeError(
        `Cannot deal ${n} examples into folds: ${names.length} have a group`,
      );
    }
    for (let i = 0; i < n; i++) {
      const name = names === undefined ? `\0${k}\0${i}` : names[i] as string;
      const members = groups.get(name);
      if (members === undefined) groups.set(name, [[k, i]]);
      else members.push([k, i]);
    }
  }
  if (groups.size < folds) {
    throw new RangeError(
      `Cannot deal ${groups.size} groups into ${folds} folds: there must be as many groups`,
    );
  }
  const all = [...groups.values()];
  const order = stream(seed, "folds").permutation(all.length);
  const dealt = Array.from(order, (i) => all[i] ?? [])
    .sort((a, b) => b.length - a.length);
  const loads = sets.map(() => new Uint32Array(folds));
  const result = sets.map(({ n }) => new Uint8Array(n));
  for (const members of dealt) {
    const touched = [...new Set(members.map(([k]) => k))];
    let best = 0;
    let fewest = Infinity;
    for (let fold = 0; fold < folds; fold++) {
      const load = touched.reduce(
        (sum, k) => sum + (loads[k]?.[fold] ?? 0),
        0,
      );
      if (load < fewest) [best, fewest] = [fold, load];
    }
    for (const [k, i] of members) {
      const [load, place] = [loads[k] as Uint32Array, result[k] as Uint8Array];
      load[best] = (load[best] as number) + 1;
      place[i] = best;
    }
  }
  return result;
}
