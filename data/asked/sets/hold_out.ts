/**
 * A test set where there is none: a part of the reference.
 *
 * @module
 */
import { stream } from "../../../engine/define/random.ts";
import { type PackedSet, takePacked } from "./packed_set.ts";

/** Share of the reference images that are held out. */
const SHARE = 0.2;

/**
 * Cuts a set in two: a fifth of it, in whole groups drawn at random, to test
 * on, and the rest. The same set is always cut alike.
 */
export function holdOut(
  set: PackedSet,
): { readonly reference: PackedSet; readonly test: PackedSet } {
  const positions = set.names.map((_, i) => i);
  const groups = [
    ...Map.groupBy(positions, (i) => set.groups?.[i] ?? i).values(),
  ];
  const held = new Set<number>();
  for (const i of stream(0, "asked", "hold out").permutation(groups.length)) {
    if (held.size >= SHARE * positions.length) break;
    for (const position of groups[i] ?? []) held.add(position);
  }
  return {
    reference: takePacked(set, positions.filter((i) => !held.has(i))),
    test: takePacked(set, positions.filter((i) => held.has(i))),
  };
}
