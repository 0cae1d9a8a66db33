/**
 * What packed sets tell before anything is trained: how noisy an accuracy on
 * them is, and which images two of them share.
 *
 * @module
 */
import type { PackedSets } from "../../data/asked/sets/align_classes.ts";
import { heldOut } from "../../data/asked/sets/hold_out.ts";
import { sharedImages } from "../../data/asked/sets/shared_images.ts";
import type { DoneStep } from "../../reports/site/ask_page.ts";
import { someOf } from "../../engine/define/listed.ts";
import { printable } from "../display/line.ts";
import { count } from "../display/quantities.ts";

/** So many pairs are named. */
const MOST_PAIRS = 5;

/** What one should know of the sets, a sentence each. */
export function aboutSets(sets: PackedSets): readonly DoneStep[] {
  const noise = noiseText(sets);
  return [{ text: noise, inPublic: noise }, ...sharedSteps(sets)];
}

/** What so many images can tell, at the accuracy that is the noisiest: one half. */
function noiseText({ reference, test, shifted }: PackedSets): string {
  const upTo = (n: number) =>
    `±${(196 * Math.sqrt(0.25 / n)).toFixed(1)} points`;
  const tested = test?.names.length ?? heldOut(reference).size;
  const before = `${upTo(tested)} with ${count(tested, "test image")}`;
  // Without labels nobody is right or wrong there.
  const after = shifted.labels === null
    ? ""
    : `, ${upTo(shifted.names.length)} with ${shifted.names.length} shifted`;
  return `Noise of an accuracy (95%): up to ${before}${after}.`;
}

function sharedSteps(sets: PackedSets): readonly DoneStep[] {
  const pairs = sharedImages(sets);
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
  return groups === null ? "" : " in whole groups";
}
