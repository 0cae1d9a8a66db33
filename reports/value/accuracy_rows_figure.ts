/**
 * Accuracies of several classifiers on several distributions as a value: where
 * they coincide and where they spread.
 *
 * @module
 */
import type { FigureHead } from "./figure_head.ts";

/** One mark a classifier in each row; rows stand in groups with headings. */
export interface AccuracyRowsFigure extends FigureHead {
  readonly kind: "accuracy-rows";
  /** Names of the classifiers; at most six. */
  readonly classifiers: readonly string[];
  readonly groups: readonly {
    /** The heading: "in support". */
    readonly title: string;
    readonly rows: readonly AccuracyRow[];
  }[];
}

/** One distribution, and how often each classifier is right on it. */
export interface AccuracyRow {
  readonly title: string;
  /** Number of test points. */
  readonly n: number;
  /** Fractions, one a classifier in the order of {@linkcode AccuracyRowsFigure.classifiers}. */
  readonly accuracies: readonly number[];
}
