/**
 * Accuracies of several classifiers on several distributions as a value: where
 * they coincide and where they spread.
 *
 * @module
 */
import type { Prose } from "./prose.ts";

/** One mark a classifier in each row; rows stand in groups with headings. */
export interface AccuracyRowsFigure {
  readonly kind: "accuracy-rows";
  /** Part of its address and name of its files. */
  readonly id: string;
  /** What it shows, without a final period. */
  readonly title: string;
  /** What it found, in a sentence; also its text alternative. */
  readonly finding: Prose;
  /** Further sentences for the caption. */
  readonly note?: Prose | undefined;
  /** Names of the classifiers; at most six. */
  readonly classifiers: readonly string[];
  readonly groups: readonly {
    /** "in support". */
    readonly title: string;
    readonly rows: readonly AccuracyRow[];
  }[];
}

/** One distribution. */
export interface AccuracyRow {
  readonly title: string;
  /** Number of test points. */
  readonly n: number;
  /** One a classifier, in their order; fractions. */
  readonly accuracies: readonly number[];
}
