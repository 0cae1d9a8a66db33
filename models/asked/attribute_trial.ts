/**
 * How much accuracy the networks of a trial lose from the test to the shifted
 * set, and where.
 *
 * @module
 */
import type { AskedSet } from "../../data/asked/asked_set.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import type { TrialDrops } from "../../stats/asked/ask_findings_schemas.ts";
import { attributeDrop, type AttributeDropOptions } from "./attribute_drop.ts";
import type { AskedSets, TestedSets } from "./remove_duplicates.ts";

/** What finished networks get right of the test images, as set "reference", and of the "shifted" ones. */
export interface TrialHits {
  /** Trained from scratch, on shares of the reference images. */
  readonly baselines: readonly Evaluation[];
  /** Pre-trained, then fine-tuned on all of them. */
  readonly fineTuned: readonly Evaluation[];
}

/**
 * Explains the drop of the mean network from scratch and of the mean fine-tuned
 * one, as {@linkcode attributeDrop} does that of given models. How difficult an
 * example is, other networks from scratch say.
 *
 * @throws {RangeError} if networks were judged on other examples than those of the sets
 */
export function attributeTrial(
  { reference, test, shifted }: AskedSets,
  { baselines, fineTuned, ...options }:
    & Omit<AttributeDropOptions, "judges" | "whole">
    & TrialHits,
): TrialDrops {
  const judged = (networks: readonly Evaluation[]): TestedSets => ({
    test: { ...test, right: hitsOn(test, "reference", networks) },
    shifted: { ...shifted, right: hitsOn(shifted, "shifted", networks) },
  });
  const own = judged(baselines);
  const { drop, worstGroups } = attributeDrop({ reference, ...own }, options);
  return {
    drop,
    worstGroups,
    fineTunedDrop: fineTuned.length === 0 ? null : attributeDrop(
      { reference, ...judged(fineTuned) },
      { ...options, judges: Object.values(own.shifted.right) },
    ).drop,
  };
}

/** What each network has right of a set. */
function hitsOn(
  { n, labels }: AskedSet,
  set: "reference" | "shifted",
  networks: readonly Evaluation[],
): AskedSet["right"] {
  return Object.fromEntries(networks.map((evaluation, k) => {
    const own = evaluation.labels[set];
    const right = evaluation.networks.at(-1)?.sets[set]?.right;
    if (
      own?.length !== n || right === undefined ||
      own.some((label, i) => label !== labels?.[i])
    ) {
      throw new RangeError(
        `Cannot take apart the drop of "${evaluation.name}": it was judged on other examples than the ${n} of the set "${set}"`,
      );
    }
    return [`network ${k + 1}`, right];
  }));
}
