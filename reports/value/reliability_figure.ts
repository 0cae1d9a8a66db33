/**
 * How often what was predicted came true, as a value.
 *
 * @module
 */
import type { ReliabilityBin } from "../../stats/splits/reliability.ts";
import type { FigureHead } from "./figure_head.ts";

/** Predicted probability across, observed share up, a curve a calibration. */
export interface ReliabilityFigure extends FigureHead {
  readonly kind: "reliability";
  /** Title of the axis of predictions: "predicted probability of being shifted". */
  readonly predicted?: string | undefined;
  /** Title of the axis of observations: "share that is shifted". */
  readonly observed?: string | undefined;
  /** Confidence level of the bars; 0.95 by default. */
  readonly level?: number | undefined;
  /** The curves, at most three. */
  readonly curves: readonly ReliabilityCurve[];
}

/** One classifier, calibrated in one way. */
export interface ReliabilityCurve {
  /** Way of calibrating: "temperature". */
  readonly name: string;
  /** Bins of examples, in order of their predictions. */
  readonly bins: readonly ReliabilityBin[];
}
