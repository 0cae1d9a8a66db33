/**
 * How many images a trial would have, and which of them go together: the
 * pipeline knows how many it needs.
 *
 * @module
 */
import type {
  CountedImages,
  CountedSets,
} from "../../data/asked/asked_inputs.ts";
import type { SetName } from "../../data/asked/question.ts";
import type { PackedSets } from "../../data/asked/sets/align_classes.ts";
import { heldOut } from "../../data/asked/sets/hold_out.ts";
import type { PackedSet } from "../../data/asked/sets/packed_set.ts";
import type { SharedPairs } from "./about_sets.ts";

/** The images of packed sets as they were given, and without those that are known to be in two sets. */
export function countedImages(
  sets: PackedSets,
  shared: SharedPairs,
): CountedImages {
  return { given: counted(sets, []), distinct: counted(sets, shared) };
}

/** Counts without the shifted images of pairs, and the reference ones that are test images as well. */
function counted(
  { reference, test, shifted }: PackedSets,
  shared: SharedPairs,
): CountedSets {
  const left = (set: SetName, { names }: PackedSet) => {
    const gone = new Set(shared.flatMap(([first, second]) => {
      const removed = second.set === "shifted" ? second : first;
      return removed.set === set ? [removed.name] : [];
    }));
    return [...names.keys()].filter((i) => !gone.has(names[i] as string));
  };
  const [known, met] = [left("reference", reference), left("shifted", shifted)];
  if (test !== undefined) {
    return {
      reference: imagesAt(reference, known),
      test: imagesAt(test, left("test", test)),
      shifted: imagesAt(shifted, met),
    };
  }
  const held = heldOut(reference);
  return {
    reference: imagesAt(reference, known.filter((i) => !held.has(i))),
    test: imagesAt(reference, known.filter((i) => held.has(i))),
    shifted: imagesAt(shifted, met),
  };
}

function imagesAt(
  { groups }: PackedSet,
  positions: readonly number[],
): CountedSets[SetName] {
  return {
    n: positions.length,
    groups: groups === null
      ? undefined
      : positions.map((i) => groups[i] as string),
  };
}
