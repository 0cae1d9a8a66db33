/**
 * A question answered without training any network: all that is found of the
 * sets, in one go.
 *
 * @module
 */
import type { AskFindings } from "../../stats/asked/ask_findings.ts";
import { judge } from "../../stats/asked/judge.ts";
import { attributeDrop } from "./attribute_drop.ts";
import { findBiases } from "./find_biases.ts";
import { findSupport } from "./find_support.ts";
import { type AskedSets, removeDuplicates } from "./remove_duplicates.ts";
import { tellApart } from "./tell_apart.ts";

/** How much a quick answer looks at: examples of a set, random splits for areas, those for labels and properties, bootstrap samples. */
export const QUICK = {
  atMost: 5000,
  splits: 99,
  permutations: 199,
  resamples: 400,
} as const;

/** The findings of a question, without a trial. */
export function askQuickly(
  given: AskedSets,
  { seed }: { readonly seed: number },
): AskFindings {
  const { duplicates, ...sets } = removeDuplicates(given, {
    seed,
    atMost: QUICK.atMost,
  });
  const { reference, test, shifted } = sets;
  const examples = {
    reference: given.reference.n === 0 ? null : reference.n,
    test: test.n,
    shifted: shifted.n,
    atMost: QUICK.atMost,
  };
  const { shift, scores } = tellApart(sets, { seed, placebos: QUICK.splits });
  const { outOfSupport, parts } = findSupport(sets, scores);
  const evidence = {
    examples,
    duplicates,
    shift,
    outOfSupport,
    ...attributeDrop(sets, {
      seed,
      resamples: QUICK.resamples,
      scores,
      parts,
    }),
    ...findBiases(sets, { seed, placebos: QUICK.permutations }),
  };
  return { ...evidence, ...judge(evidence), trial: null };
}
