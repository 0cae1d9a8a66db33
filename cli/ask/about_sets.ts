/**
 * What packed sets tell before anything is trained: how noisy an accuracy on
 * them is, which images two of them share, and how many a trial would have.
 *
 * @module
 */
import type { PackedSets } from "../../data/asked/sets/align_classes.ts";
import { heldOut } from "../../data/asked/sets/hold_out.ts";
import type { PackedSet } from "../../data/asked/sets/packed_set.ts";
import {
  type NamedPair,
  sharedImages,
} from "../../data/asked/sets/shared_images.ts";
import type { DoneStep } from "../../reports/site/ask_options.ts";
import { someOf } from "../../engine/define/listed.ts";
import { printable } from "../display/line.ts";
import { count } from "../display/quantities.ts";
import type {
  CountedImages,
  CountedSets,
} from "../../data/asked/asked_inputs.ts";
import type { SetName } from "../../data/asked/question.ts";

/** So many pairs are named. */
const MOST_PAIRS = 5;

/** What one should know of the sets, a sentence each. */
export function aboutSets(
  sets: PackedSets,
  shared: readonly NamedPair[] = sharedImages(sets),
): readonly DoneStep[] {
  const noise = noiseText(sets);
  return [{ text: noise, inPublic: noise }, ...sharedSteps(shared)];
}

/**
 * What so many images can tell, at the accuracy that is the noisiest: one half;
 * and where they come in groups, each of them all right or all wrong.
 */
function noiseText({ reference, test, shifted }: PackedSets): string {
  const tested = test === undefined
    ? groupsAt(reference, [...heldOut(reference)])
    : groupsAt(test);
  const before = `${upTo(tested)} with ${count(tested.n, "test image")}`;
  const met = groupsAt(shifted);
  // Without labels nobody is right or wrong there.
  const after = shifted.labels === null
    ? ""
    : `, ${upTo(met)} with ${met.n} shifted${ofGroups(met)}`;
  return `Noise of an accuracy (95%): up to ${before}${
    ofGroups(tested)
  }${after}.`;
}

/** Images: how many, and how many each of their groups has. */
interface Grouped {
  readonly n: number;
  /** Null where each image is its own group. */
  readonly sizes: readonly number[] | null;
}

/** The images of a set, or those at some positions. */
function groupsAt(
  { names, groups }: Pick<PackedSet, "names" | "groups">,
  positions: readonly number[] = [...names.keys()],
): Grouped {
  return {
    n: positions.length,
    sizes: groups && [...Map.groupBy(positions, (i) => groups[i]).values()]
      .map(({ length }) => length),
  };
}

/** The noise of as many independent images as leave as much (Kish). */
function upTo({ n, sizes }: Grouped): string {
  const independent = sizes === null
    ? n
    : n * n / sizes.reduce((sum, size) => sum + size * size, 0);
  return `±${(196 * Math.sqrt(0.25 / independent)).toFixed(1)} points`;
}

function ofGroups({ sizes }: Grouped): string {
  return sizes === null ? "" : ` of ${count(sizes.length, "group")}`;
}

function sharedSteps(pairs: readonly NamedPair[]): readonly DoneStep[] {
  if (pairs.length === 0) return [];
  const head = `${count(pairs.length, "image")} ${
    pairs.length === 1 ? "is" : "are"
  } in two sets, and will be left out of one`;
  const names = pairs.map(([first, second]) =>
    `${second.name} of ${second.set} is ${first.name} of ${first.set}`
  );
  return [{
    text: `${head}: ${printable(someOf(names, MOST_PAIRS))}.`,
    inPublic: `${head}.`,
  }];
}

/** How images are drawn of a set: whole groups at a time, where there are some. */
export function inGroups(
  { groups }: Pick<PackedSets["reference"], "groups">,
): string {
  return groups === null ? "" : ", in whole groups as far as they fit";
}

/** The images of packed sets as they were given, and without those that are known to be in two sets. */
export function countedImages(
  sets: PackedSets,
  shared: readonly NamedPair[],
): CountedImages {
  return { given: counted(sets, []), distinct: counted(sets, shared) };
}

/** Counts without the shifted images of pairs, and the reference ones that are test images as well. */
function counted(
  { reference, test, shifted }: PackedSets,
  shared: readonly NamedPair[],
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
