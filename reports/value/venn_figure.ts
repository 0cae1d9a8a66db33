/**
 * Which examples two interventions correct, as a value: sets of the size that
 * they have, and what they share. Like the paper's Figure 6.
 *
 * @module
 */
import type { FigureHead } from "./figure_head.ts";

/** Pairs of circles, their areas and what they share true to the shares; one scale for all. */
export interface VennFigure extends FigureHead {
  readonly kind: "venn";
  /** Confidence level of the intervals; 0.95 by default. */
  readonly level?: number | undefined;
  /** Side by side where there is room, e.g. one a shift, and the null control. */
  readonly panels: readonly VennPanel[];
}

/** Two sets of corrected examples. Shares are fractions of the test examples, means over trials. */
export interface VennPanel {
  readonly title: string;
  /** Drawn above: "pre-training". */
  readonly first: VennSet;
  /** Drawn below it: "last-layer refitting". */
  readonly second: VennSet;
  /** The share that both correct. */
  readonly both: number;
  /** Number of test examples. */
  readonly examples: number;
  /** How many of them could be corrected, since baselines often get them wrong; a mean over trials. */
  readonly correctable: number;
  /** What both correct over what either does (Jaccard), from 0 to 1, with its interval. */
  readonly overlap?: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
  } | undefined;
  /** How much of each set both interventions together correct: fractions of the sets. */
  readonly combination?: {
    /** "both together" */
    readonly title: string;
    readonly ofFirst: number;
    readonly ofSecond: number;
  } | undefined;
}

/** What one intervention corrects, that included which the other corrects too. */
interface VennSet {
  readonly title: string;
  readonly share: number;
}
