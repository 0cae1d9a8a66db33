/**
 * A question answered without training any network: all that is found of the
 * sets, in one go.
 *
 * @module
 */
import { QUICK } from "../pipelines/asked/findings.ts";
import type { AskFindings } from "../stats/asked/ask_findings.ts";
import { judge } from "../stats/asked/judge.ts";
import { attributeDrop } from "../models/asked/attribute_drop.ts";
import { findBiases } from "../models/asked/find_biases.ts";
import { findSupport } from "../models/asked/find_support.ts";
import {
  type AskedSets,
  groupCount,
  removeDuplicates,
} from "../models/asked/remove_duplicates.ts";
import { tellApart } from "../models/asked/tell_apart.ts";

/** The findings of a question, without a trial. */
export function askQuickly(
  given: AskedSets,
  { seed, canTrain = true }: {
    readonly seed: number;
    /** Whether a trial could follow. */
    readonly canTrain?: boolean;
  },
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
    groups: { test: groupCount(test), shifted: groupCount(shifted) },
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
    ...findBiases(sets, { seed, parts, placebos: QUICK.permutations }),
  };
  return { ...evidence, ...judge(evidence, { canTrain }), trial: null };
}
