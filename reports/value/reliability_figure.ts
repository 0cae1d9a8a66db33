/**
 * How often what was predicted came true, as a value.
 *
 * @module
 */
import type { Prose } from "./prose.ts";

/** Predicted probability across, observed share up, a curve a calibration. */
export interface ReliabilityFigure {
  readonly kind: "reliability";
  /** Part of its address and name of its files. */
  readonly id: string;
  /** What it shows, without a final period. */
  readonly title: string;
  /** What it found, in a sentence; also its text alternative. */
  readonly finding: Prose;
  /** Further sentences for the caption. */
  readonly note?: Prose | undefined;
  /** Title of the axis of predictions: "predicted probability of being shifted". */
  readonly predicted?: string | undefined;
  /** Title of the axis of observations: "share that is shifted". */
  readonly observed?: string | undefined;
  /** Confidence level of the bars; 0.95 by default. */
  readonly level?: number | undefined;
  /** At most three. */
  readonly curves: readonly ReliabilityCurve[];
}

/** One classifier, calibrated in one way. */
export interface ReliabilityCurve {
  /** "temperature". */
  readonly name: string;
  /** In order of their predictions. */
  readonly bins: readonly ReliabilityCount[];
}

/** Examples with predictions of about the same size. */
export interface ReliabilityCount {
  /** Their mean predicted probability. */
  readonly predicted: number;
  /** How many of them it was true of. */
  readonly successes: number;
  readonly n: number;
}
