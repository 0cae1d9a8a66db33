/**
 * Mean effective robustness under several shifts as a value: the summary of
 * lines like those of the paper's figure 4, drawn as in its figure 5b.
 *
 * @module
 */
import type { MeanEffectiveRobustness } from "../../stats/lines/mean_effective_robustness.ts";
import type { RangeOverlap } from "../../stats/lines/range_overlap.ts";
import type { FigureHead } from "./figure_head.ts";

/** Dots with intervals by shift, pre-training and line; in support beside out of support. */
export interface RobustnessBarsFigure extends FigureHead {
  readonly kind: "robustness-bars";
  /** What a claim calls little or no effect; shaded. */
  readonly band?: RobustnessBand | undefined;
  /** The shifts in reading order. */
  readonly shifts: readonly SupportedShift[];
  /** What was measured; groups and baselines keep the order in which they come first. */
  readonly estimates: readonly RobustnessEstimate[];
}

/** A range of effective robustness; fractions of accuracy. */
export interface RobustnessBand {
  readonly low: number;
  readonly high: number;
  /** What it is: "within ±2 points". */
  readonly title: string;
}

/** A shift, and where it leads. */
export interface SupportedShift {
  /** Name, unique in the figure. */
  readonly name: string;
  /** Whether it stays in the support of the reference distribution, leads out of it, or has a bias and something new at once; unknown if left out. */
  readonly support?: "in" | "out" | "both" | undefined;
}

/** Mean effective robustness of one group under one shift over one line. */
export interface RobustnessEstimate {
  /** Name of the shift. */
  readonly shift: string;
  /** Name of the group, e.g. "photo". */
  readonly group: string;
  /** What the line goes through, in the plural: "checkpoints". */
  readonly baselines: string;
  /** Null where there are too few examples for a number. */
  readonly mean: MeanEffectiveRobustness | null;
  /** How far the networks lie outside the baselines' range. */
  readonly overlap: RangeOverlap | null;
  /** How well the line explains its baselines, where that is told. */
  readonly r2?: number | undefined;
  /** On how many test examples it stands, where that is worth saying. */
  readonly examples?: number | undefined;
}
