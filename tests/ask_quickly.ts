/**
 * A question answered without training any network: all that is found of the
 * sets, in one go.
 *
 * @module
 */
import { QUICK } from "../pipelines/asked/findings.ts";
import type { AskFindings } from "../stats/asked/ask_findings_schemas.ts";
import { judge } from "../stats/asked/judge.ts";
import { countExamples } from "../models/asked/count_examples.ts";
import { attributeDrop } from "../models/asked/attribute_drop.ts";
import { findBiases } from "../models/asked/find_biases.ts";
import { findSupport } from "../models/asked/find_support.ts";
import {
  type AskedSets,
  removeDuplicates,
} from "../models/asked/remove_duplicates.ts";
import { tellApart } from "../models/asked/tell_apart.ts";
import { tellTestApart } from "../models/asked/tell_test_apart.ts";

/** The findings of a question, without a trial. */
export function askQuickly(
  given: AskedSets,
  { seed, canTrain = true, atMost = QUICK.atMost }: {
    readonly seed: number;
    /** The most examples that are drawn of a set. */
    readonly atMost?: number;
    /** Whether a trial could follow. */
    readonly canTrain?: boolean;
  },
): AskFindings {
  const { duplicates, whole, ...sets } = removeDuplicates(given, {
    seed,
    atMost,
  });
  const examples = countExamples(given, sets, { atMost });
  const { shift, scores } = tellApart(sets, { seed, placebos: QUICK.splits });
  const { outOfSupport, parts } = findSupport(sets, scores);
  const evidence = {
    examples,
    duplicates,
    shift,
    // A test set beside a reference set was drawn by itself here.
    ...given.reference.n === 0 ? {} : {
      testShift: tellTestApart(sets, {
        seed,
        placebos: QUICK.splits,
        permutations: QUICK.permutations,
      }),
    },
    outOfSupport,
    ...attributeDrop(sets, {
      seed,
      resamples: QUICK.resamples,
      scores,
      parts,
      whole,
    }),
    ...findBiases(sets, { seed, parts, placebos: QUICK.permutations, whole }),
  };
  return { ...evidence, ...judge(evidence, { canTrain }), trial: null };
}
