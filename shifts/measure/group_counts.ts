/**
 * How often a network is right in each group of the test images, block of
 * images by block, so that images can be left out of whatever is made of it.
 *
 * @module
 */
import type { Groups } from "../../data/images/groups.ts";
import type { EvaluatedNetwork } from "./evaluation.ts";

/** A set of test images, and the group of each. */
export interface GroupedSet {
  /** Name of the set in the evaluations. */
  readonly set: string;
  readonly groups: Groups;
}

/** Right predictions of one network, and images. */
export interface GroupCounts {
  /** Names of the groups. */
  readonly names: readonly string[];
  /** Right predictions: [block, group]. */
  readonly right: Float64Array;
  /** Images: [block, group]. */
  readonly total: Float64Array;
}

/** Number of blocks; image i is in block i modulo it, in every version of a set. */
export const BLOCKS = 50;

/**
 * Counts a network in each group. A group is counted in the first of the sets
 * that has it: where an image has the same tint in two sets it counts once.
 *
 * @throws {RangeError} if the network was not judged on a set, the set has
 * another number of images, or its groups have other names
 */
export function countGroups(
  { sets }: EvaluatedNetwork,
  parts: readonly GroupedSet[],
): GroupCounts {
  const names = parts[0]?.groups.names ?? [];
  const right = new Float64Array(BLOCKS * names.length);
  const total = new Float64Array(BLOCKS * names.length);
  const counted = new Set<number>();
  for (const { set, groups } of parts) {
    const judged = sets[set]?.right;
    if (
      judged === undefined || judged.length !== groups.of.length ||
      groups.names.join("\n") !== names.join("\n")
    ) {
      throw new RangeError(
        `Cannot count groups on set "${set}": ${
          judged === undefined
            ? "the network was not judged on it"
            : `it has ${judged.length} images, and ${groups.of.length} have one of ${groups.names.length} groups`
        }`,
      );
    }
    for (let i = 0; i < groups.of.length; i++) {
      const group = groups.of[i] as number;
      if (counted.has(group)) continue;
      const cell = (i % BLOCKS) * names.length + group;
      right[cell] = (right[cell] as number) + (judged[i] as number);
      total[cell] = (total[cell] as number) + 1;
    }
    for (const group of groups.of) counted.add(group);
  }
  return { names, right, total };
}

/** Accuracy in each group, [group], without one block if one is named; NaN in a group without images. */
export function accuracyByGroup(
  { names, right, total }: GroupCounts,
  { without }: { readonly without?: number | undefined } = {},
): Float64Array {
  const width = names.length;
  const [hits, sizes] = [new Float64Array(width), new Float64Array(width)];
  for (let block = 0; block < BLOCKS; block++) {
    if (block === without) continue;
    const from = block * width;
    for (let group = 0; group < width; group++) {
      hits[group] = (hits[group] as number) + (right[from + group] as number);
      sizes[group] = (sizes[group] as number) + (total[from + group] as number);
    }
  }
  return hits.map((sum, group) => sum / (sizes[group] as number));
}

/** What is made of the accuracies in the groups. */
export type GroupMeasure =
  /** The lowest accuracy, that of the worst group. */
  | { readonly kind: "worst" }
  /** Their mean, each group counted alike. */
  | { readonly kind: "balanced" }
  /** Their mean, each group weighted as often as it is in training: [group]. */
  | { readonly kind: "as in training"; readonly shares: readonly number[] };

/**
 * The measure of some accuracies by group; groups without images are left out.
 *
 * @throws {RangeError} if no group has an image
 */
export function measureOf(
  accuracies: Float64Array,
  measure: GroupMeasure,
): number {
  let [worst, sum, weight] = [Infinity, 0, 0];
  for (const [group, accuracy] of accuracies.entries()) {
    if (Number.isNaN(accuracy)) continue;
    const share = measure.kind === "as in training"
      ? measure.shares[group] as number
      : 1;
    worst = Math.min(worst, accuracy);
    sum += share * accuracy;
    weight += share;
  }
  if (weight === 0) {
    throw new RangeError(
      `Cannot measure accuracies of ${accuracies.length} groups: none has an image that counts`,
    );
  }
  return measure.kind === "worst" ? worst : sum / weight;
}
