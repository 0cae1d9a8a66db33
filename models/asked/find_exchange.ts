/**
 * Which two classes look more like each other in the shifted set than in the
 * test set, to a linear classifier of the classes.
 *
 * @module
 */
import type { FoundExchange } from "../../stats/asked/ask_findings_schemas.ts";
import {
  classesWithEnough,
  exchangedLabels,
} from "../../stats/asked/exchanged_labels.ts";
import { classScores } from "./probe.ts";
import type { AskedSets } from "./remove_duplicates.ts";

/** Which examples to compare: the test and then the shifted ones, of sets with features and labels. */
export interface FindExchangeOptions {
  readonly seed: number;
  readonly labels: Int32Array;
  /** 1 for each shifted example. */
  readonly isShifted: Uint8Array;
  /** Random splits among the examples of each class, which keep groups together. */
  readonly placebos: readonly Uint8Array[];
}

/** The pair that stands out most; null where no two classes can be compared. */
export function findExchange(
  sets: AskedSets,
  { seed, labels, isShifted, placebos }: FindExchangeOptions,
): FoundExchange | null {
  const { classes } = sets.test;
  const enough = classesWithEnough(labels, {
    shifted: isShifted,
    classes: classes.length,
  });
  if (enough.length < 2) return null;
  const found = exchangedLabels({
    scores: classScores(sets, seed),
    labels,
    shifted: isShifted,
    placebos,
  });
  if (found === null) return null;
  const [one, other] = found.classes;
  return {
    ...found,
    classes: [classes[one] as string, classes[other] as string],
  };
}
