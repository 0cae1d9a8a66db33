/**
 * A test set where there is none: a part of the reference.
 *
 * @module
 */
import { stream } from "../../../engine/define/random.ts";
import { type PackedSet, takePacked } from "./packed_set.ts";

/** Share of the reference images that are held out. */
const SHARE = 0.2;

/** A group is passed over where more than this share would be held out with it. */
const MOST = 2 * SHARE;

/** What of a set decides which part of it is held out. */
type Drawn = Pick<PackedSet, "names" | "groups" | "labels" | "classes">;

/**
 * Positions of the images that are held out to test on, drawn at random: a
 * fifth of each class, or, in whole groups, of all. Of the same set they are
 * always the same.
 */
export function heldOut(set: Drawn): ReadonlySet<number> {
  const { names, groups, labels } = set;
  const positions = names.map((_, i) => i);
  if (groups === null) {
    const classes = Map.groupBy(positions, (i) => labels?.[i] ?? 0);
    const random = stream(0, "asked", "hold out");
    return new Set(
      [...classes.values()].flatMap((ofClass) =>
        Array.from(random.permutation(ofClass.length))
          .slice(0, Math.ceil(SHARE * ofClass.length))
          .map((k) => ofClass[k] as number)
      ),
    );
  }
  const units = [...Map.groupBy(positions, (i) => groups[i]).values()];
  const held = new Set<number>();
  for (const i of stream(0, "asked", "hold out").permutation(units.length)) {
    if (held.size >= SHARE * names.length) break;
    const unit = units[i] ?? [];
    if (held.size + unit.length > Math.max(1, MOST * names.length)) continue;
    for (const position of unit) held.add(position);
  }
  return held;
}

/** Says so where a set cannot be cut in two: in groups that are too large, or that are classes. */
export function whyNotHeldOut(set: Drawn): string | undefined {
  const held = heldOut(set);
  const cannot = "Cannot hold out a fifth of the reference images";
  const wayOut = "name other images to test on with --test";
  if (held.size === 0) {
    const n = new Set(set.groups).size;
    return `${cannot}: they are of ${n} group${
      n === 1 ? "" : "s"
    }, and any would be too many; ${wayOut}`;
  }
  const isWithout = (label: number, isHeld: boolean) =>
    set.labels?.every((own, i) => own !== label || held.has(i) !== isHeld);
  for (const [label, name] of set.classes.entries()) {
    const end = isWithout(label, false)
      ? "left"
      : isWithout(label, true)
      ? "held out"
      : undefined;
    if (end === undefined) continue;
    return `${cannot}: in whole groups, no image of class "${name}" would be ${end}; ${wayOut}`;
  }
  return undefined;
}

/** Cuts a set in two: what is held out to test on, and the rest. */
export function holdOut(
  set: PackedSet,
): { readonly reference: PackedSet; readonly test: PackedSet } {
  const held = heldOut(set);
  const positions = set.names.map((_, i) => i);
  return {
    reference: takePacked(set, positions.filter((i) => !held.has(i))),
    test: takePacked(set, positions.filter((i) => held.has(i))),
  };
}
