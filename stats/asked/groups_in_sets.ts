/**
 * Groups of examples as they are drawn: those of each set by themselves.
 *
 * @module
 */

/**
 * A number for the group of each example, from 0 on in the order in which they
 * are met: [n]. Examples of one group in two sets are two groups here, as a
 * random split or a bootstrap takes them; each example is its own where
 * `groups` is null.
 *
 * @param sets.shifted 1 for shifted examples, 0 for others: [n]
 * @param sets.groups name of the group of each example: [n]
 */
export function groupsInSets(
  { shifted, groups }: {
    readonly shifted: Uint8Array;
    readonly groups: readonly string[] | null;
  },
): Int32Array {
  if (groups === null) return Int32Array.from(shifted, (_, i) => i);
  const places = new Map<string, number>();
  return Int32Array.from(shifted, (set, i) => {
    const name = `${set}${groups[i]}`;
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return place;
  });
}
