/**
 * Calibration of scores by outcomes of other folds.
 *
 * @module
 */
import { heightAt, isotonicRegression } from "./isotonic.ts";
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
  for (const fold of names) {
    const others = scores.filter((_, i) => folds[i] !== fold);
    const outcomes = positive.filter((_, i) => folds[i] !== fold);
    const curve = curveOf(calibration, { scores: others, outcomes });
    for (const [i, score] of scores.entries()) {
      if (folds[i] === fold) probabilities[i] = curve(score);
    }
  }
  return probabilities;
}

function curveOf(
  calibration: Calibration,
  { scores, outcomes }: {
    readonly scores: Float64Array;
    readonly outcomes: readonly boolean[];
  },
): (score: number) => number {
  if (calibration === "temperature") {
    const factor = inverseTemperature(scores, outcomes);
    return (score) => probabilityOf(factor * score);
  }
  const curve = isotonicRegression(scores, outcomes.map(Number));
  return (score) => heightAt(curve, score);
}
