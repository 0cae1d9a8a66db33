/**
 * How trainings went, as a value.
 *
 * @module
 */
import type { Point } from "../../stats/lines/point.ts";
import type { FigureHead } from "./figure_head.ts";

/** Loss above, and the accuracies of checkpoints below, epoch by epoch; what it found is how far the losses fell. */
export interface TrainingCurvesFigure extends Omit<FigureHead, "finding"> {
  readonly kind: "training-curves";
  /** Trainings; those of one name share a colour and a shape. */
  readonly runs: readonly TrainingRun[];
  /** Checkpoints with their seeds and epochs. */
  readonly checkpoints: readonly Point[];
}

/** One training. */
export interface TrainingRun {
  /** What is trained: "scratch". */
  readonly name: string;
  readonly seed: number;
  /** The losses, one entry an epoch. */
  readonly history: readonly {
    readonly epoch: number;
    /** Mean training loss of the epoch. */
    readonly loss: number;
  }[];
}
