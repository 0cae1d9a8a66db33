/**
 * From the sets of a question to what is found of them: the same for images
 * and for tables.
 *
 * @module
 */
import type { Ref } from "../../engine/define/ref.ts";
import type { AskedScores } from "../../models/asked/asked_scores.ts";
import type { Parts } from "../../shifts/measure/parts.ts";
import type {
  AskFindings,
  FoundSupport,
} from "../../stats/asked/ask_findings_schemas.ts";
import { attributeDrop } from "../../tasks/asked/attribute_drop.ts";
import { findBiases } from "../../tasks/asked/find_biases.ts";
import { findSupport } from "../../tasks/asked/find_support.ts";
import { judgeEvidence } from "../../tasks/asked/judge_evidence.ts";
import { removeDuplicates } from "../../tasks/asked/remove_duplicates.ts";
import { tellApart } from "../../tasks/asked/tell_apart.ts";
import { tellTestApart } from "../../tasks/asked/tell_test_apart.ts";

/** How much a quick answer looks at: examples of a set, random splits for areas, those for labels and properties, bootstrap samples. */
export const QUICK = {
  atMost: 5000,
  splits: 99,
  permutations: 199,
  resamples: 400,
} as const;

/** Sets without duplicates. */
export type DistinctSets = ReturnType<typeof removeDuplicates>;

/** Who is out of support. */
export type Support = ReturnType<typeof findSupport>;

/** What is found of some sets. */
export interface WeighedSets {
  readonly findings: Ref<AskFindings>;
  /** How shifted each shifted example looks that was compared, and which part it is in. */
  readonly typicality: Ref<Float64Array>;
  readonly parts: Ref<Parts>;
  /** What linear classifiers say of every example. */
  readonly scores: Ref<AskedScores>;
}

/** Weighs the evidence; who is out of support a trial has found out, or linear classifiers do. */
export function findingsOf(
  { duplicates, examples, reference, test, shifted, wholeTest, wholeShifted }:
    DistinctSets,
  { seed, trained, trainedSupport, canTrain, isHeldOut, isTestGiven = false }: {
    readonly seed: number;
    readonly trained?: Support | undefined;
    /** What fine-tuned networks say besides, of which the rule takes no notice. */
    readonly trainedSupport?: Ref<FoundSupport | null> | undefined;
    /** Whether a trial is possible that was not asked for. */
    readonly canTrain: boolean;
    /** Whether the test set is a part of the reference set that was held out. */
    readonly isHeldOut: boolean;
    /** Whether there is a reference set, and a test set that was not held out of it. */
    readonly isTestGiven?: boolean;
  },
): WeighedSets {
  const sets = { reference, test, shifted };
  const whole = { wholeTest, wholeShifted };
  const { shift, scores } = tellApart({
    ...sets,
    seed,
    placebos: QUICK.splits,
  });
  const { outOfSupport, parts, typicality } = trained ??
    findSupport({ ...sets, scores });
  const { drop, worstGroups } = attributeDrop({
    ...sets,
    ...whole,
    scores,
    parts,
    seed,
    resamples: QUICK.resamples,
  });
  const { labels, biases } = findBiases({
    ...sets,
    ...whole,
    parts,
    seed,
    placebos: QUICK.permutations,
  });
  const findings = judgeEvidence({
    examples,
    duplicates,
    shift,
    ...isTestGiven
      ? {
        testShift: tellTestApart({
          reference,
          test,
          seed,
          placebos: QUICK.splits,
          permutations: QUICK.permutations,
        }),
      }
      : {},
    labels,
    outOfSupport,
    ...trainedSupport === undefined ? {} : { trainedSupport },
    drop,
    biases,
    worstGroups,
    canTrain,
    isHeldOut,
  });
  return { findings, typicality, parts, scores };
}
