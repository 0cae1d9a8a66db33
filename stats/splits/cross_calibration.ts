/**
 * Calibration of scores by outcomes of other folds.
 *
 * @module
 */
import { heightAt, risingCurve } from "./isotonic.ts";
import { risingOrder } from "./rising_order.ts";
import { inverseTemperature, probabilityOf } from "./temperature.ts";

/** How scores become probabilities: by one factor, or by any curve that rises. */
export type Calibration = "temperature" | "isotonic";

/** Scores with their outcomes, by fold. */
export interface FoldedScores {
  /** Log odds of a positive outcome. */
  readonly scores: Float64Array;
  /** Whether the outcome of each score is positive. */
  readonly positive: readonly boolean[];
  /** Fold of each score. */
  readonly folds: Uint8Array;
}

/**
 * The probability of a positive outcome for each score, by a calibration
 * fitted to the scores of all other folds: the paper fits one to all scores
 * and uses it on the same, which an isotonic curve would take advantage of.
 *
 * @throws {RangeError} if there is only one fold, or lengths differ
 */
export function crossCalibrate(
  { scores, positive, folds }: FoldedScores,
  calibration: Calibration,
): Float64Array {
  const probabilities = new Float64Array(scores.length);
  const names = [...new Set(folds)].sort((a, b) => a - b);
  if (names.length < 2) {
    throw new RangeError(
      `Cannot calibrate by other folds: there are ${names.length}`,
    );
  }
  if (positive.length !== scores.length) {
    throw new RangeError(
      `Cannot calibrate ${scores.length} scores with ${positive.length} outcomes: there must be one of each`,
    );
  }
  const fit = calibration === "temperature" ? byTemperature : byRisingCurve;
  const curveOf = fit({ scores, positive, folds });
  for (const fold of names) {
    const curve = curveOf(fold);
    for (let i = 0; i < scores.length; i++) {
      if (folds[i] === fold) probabilities[i] = curve(scores[i] as number);
    }
  }
  return probabilities;
}

/** Probabilities by score, fitted to all folds but one. */
type CurveWithout = (fold: number) => (score: number) => number;

function byTemperature(
  { scores, positive, folds }: FoldedScores,
): CurveWithout {
  return (fold) => {
    const factor = inverseTemperature(
      scores.filter((_, i) => folds[i] !== fold),
      positive.filter((_, i) => folds[i] !== fold),
    );
    return (score) => probabilityOf(factor * score);
  };
}

function byRisingCurve(
  { scores, positive, folds }: FoldedScores,
): CurveWithout {
  const n = scores.length;
  const outcomes = new Uint8Array(n);
  for (let i = 0; i < n; i++) outcomes[i] = positive[i] ? 1 : 0;
  // Sorted once for all folds.
  const rising = risingOrder(scores);
  const others = new Uint32Array(n);
  return (fold) => {
    let count = 0;
    for (let rank = 0; rank < n; rank++) {
      const i = rising[rank] as number;
      if (folds[i] !== fold) others[count++] = i;
    }
    const order = others.subarray(0, count);
    const curve = risingCurve({ scores, outcomes, order });
    return (score) => heightAt(curve, score);
  };
}
