/**
 * Accuracy against the number of training examples as a value. Like the
 * paper's Figure 7a.
 *
 * @module
 */
import type { FigureHead } from "./figure_head.ts";

/** A panel a measure, one above the other or side by side; numbers of examples across, by their logarithm. */
export interface AccuracyBySizeFigure extends FigureHead {
  readonly kind: "accuracy-by-size";
  /** Title of the axis across: "curated examples". */
  readonly size: string;
  /** Confidence level of all intervals; 0.95 by default. */
  readonly level?: number | undefined;
  /** A series of one name looks alike in all panels; at most six names. */
  readonly panels: readonly AccuracyBySizePanel[];
}

/** One measure. Accuracies are fractions. */
export interface AccuracyBySizePanel {
  /** What is measured: "worst-group accuracy". */
  readonly title: string;
  readonly series: readonly {
    /** "pre-trained, diverse" */
    readonly name: string;
    readonly points: readonly AccuracyAtSize[];
  }[];
  /** What the series are held against: horizontal lines, at most three. */
  readonly references: readonly (Interval & {
    /** "whole biased set, pre-trained" */
    readonly title: string;
    /** Accuracy of each network, where known. */
    readonly networks?: readonly number[] | undefined;
  })[];
  /** Where series cross references. */
  readonly crossings?:
    | readonly {
      /** Name of the series. */
      readonly series: string;
      /** Title of the reference. */
      readonly reference: string;
      /** Number of examples at which it crosses; null where it does not within the sizes tried. */
      readonly at: number | null;
      /** Lower end of its interval; null where that is below the sizes tried. */
      readonly low: number | null;
      /** Upper end of its interval; null where that is beyond the sizes tried. */
      readonly high: number | null;
    }[]
    | undefined;
}

/** Mean accuracy of the networks trained on so many examples, and of each of them. */
export interface AccuracyAtSize extends Interval {
  readonly n: number;
  readonly networks: readonly number[];
}

/** A mean with its interval; nulls where nothing tells one, as where all networks are at zero. */
interface Interval {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}
