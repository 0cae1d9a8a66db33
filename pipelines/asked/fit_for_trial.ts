/**
 * Whether there are images enough for a trial, before anything is trained.
 *
 * @module
 */
import type { CountedSets } from "../../data/asked/asked_inputs.ts";
import { type FoldedSet, foldsOf } from "../../data/images/folds.ts";
import type { TrialScale } from "./trial.ts";

/** What of a scale decides how many images are needed. */
type Needs = Pick<TrialScale, "batchSize" | "split">;

/** Seed of the folds, and of the networks that see all but one of them. */
export const FOLDS_SEED = 0;

/** Whether a trial can go by these images. */
export function isFitForTrial(sets: CountedSets, scale: Needs): boolean {
  return sets.reference.n >= 2 * scale.batchSize &&
    whyNotToldApart(sets, scale) === undefined;
}

/** Says so where test and shifted images are too few to be dealt into folds, or to learn from all but one of them. */
export function whyNotToldApart(
  { test, shifted }: Omit<CountedSets, "reference">,
  { batchSize, split: { folds } }: Needs,
): string | undefined {
  const cannot = "Cannot train networks to tell test from shifted images";
  const instead = "or train none, with --quick";
  for (const [name, set] of Object.entries({ test, shifted })) {
    if (set.n < folds) {
      return `${cannot}: ${set.n} ${name} ones are too few, and at least ${folds} are needed; add some, ${instead}`;
    }
    if (groupsIn([set]) < 2) {
      return `${cannot}: all ${name} ones are of one group; add some of others, ${instead}`;
    }
  }
  const groups = groupsIn([test, shifted]);
  if (groups < folds) {
    return `${cannot}: they are of ${groups} groups, and at least ${folds} are needed; add some of others, ${instead}`;
  }
  const all = test.n + shifted.n;
  const left = all - largestFold([shifted, test], folds);
  return left >= batchSize
    ? undefined
    : `${cannot}: of all ${all} some would learn from ${left}, and at least ${batchSize} are needed; add some, ${instead}`;
}

/** Number of groups that some sets have together. */
function groupsIn(sets: readonly FoldedSet[]): number {
  const names = new Set(sets.flatMap(({ groups }) => groups ?? []));
  return sets.reduce(
    (sum, { n, groups }) => groups === undefined ? sum + n : sum,
    names.size,
  );
}

/** Number of images in the largest fold, of all sets together. */
function largestFold(sets: readonly FoldedSet[], folds: number): number {
  const sizes = new Array<number>(folds).fill(0);
  for (const dealt of foldsOf(sets, { folds, seed: FOLDS_SEED })) {
    for (const fold of dealt) sizes[fold] = (sizes[fold] as number) + 1;
  }
  return sizes.reduce((most, size) => Math.max(most, size));
}
