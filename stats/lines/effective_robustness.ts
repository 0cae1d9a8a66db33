/**
 * Effective robustness: shifted accuracy above what the baselines' line
 * predicts from reference accuracy (section 3 of arXiv:2403.00194).
 *
 * @module
 */
import type { Point } from "./point.ts";
import { type Line, type LineIntervalOptions, predict } from "./regression.ts";
import { toScale } from "./scale.ts";

/** Effective robustness of one model. All values are fractions. */
export interface EffectiveRobustness {
  /** Name of the model. */
  readonly model: string;
  /** Reference accuracy. */
  readonly reference: number;
  /** Shifted accuracy. */
  readonly shifted: number;
  /** Shifted accuracy that the line predicts. */
  readonly predicted: number;
  /** Shifted minus predicted. */
  readonly er: number;
  /** Lower end of the interval that the line's uncertainty gives. */
  readonly low: number;
  /** Upper end of the interval that the line's uncertainty gives. */
  readonly high: number;
  /**
   * How far the reference accuracy lies outside that of the baselines, above
   * (positive) or below (negative); 0 within.
   */
  readonly extrapolation: number;
}

/**
 * Effective robustness of a model: Acc_shifted − Φ(a·Φ⁻¹(Acc_reference) + b)
 * on the probit scale. Its interval is that of the mean line alone, as in the
 * paper: no sampling noise of the test set, no spread between seeds.
 *
 * @throws {RangeError} if the reference accuracy cannot be scaled
 */
export function effectiveRobustness(
  point: Point,
  options: LineIntervalOptions & { readonly line: Line },
): EffectiveRobustness {
  const { line } = options;
  const { model, reference, shifted } = point;
  if (!(shifted >= 0 && shifted <= 1)) {
    throw new RangeError(
      `Cannot take the effective robustness of model "${model}": its shifted accuracy ${shifted} is not a fraction from 0 to 1`,
    );
  }
  const { value: x } = toScale(reference, {
    scale: line.scale,
    extremes: line.extremes,
    model,
    size: point.referenceSize,
  });
  const { predicted, low, high } = predict(x, options);
  const [lowest, highest] = line.range;
  return {
    model,
    reference,
    shifted,
    predicted,
    er: shifted - predicted,
    low: shifted - high,
    high: shifted - low,
    extrapolation: reference > highest
      ? reference - highest
      : reference < lowest
      ? reference - lowest
      : 0,
  };
}

/** Columns averaged over models, as the paper prints them. */
export interface AveragedColumns {
  /** Number of models. */
  readonly n: number;
  /** Mean effective robustness. */
  readonly mean: number;
  /** Mean of the lower ends. */
  readonly low: number;
  /** Mean of the upper ends. */
  readonly high: number;
  /** What the paper prints after ±: the larger of the two distances. */
  readonly halfWidth: number;
  /** Highest effective robustness. */
  readonly max: number;
  /** Name of the model that has it. */
  readonly maxModel: string;
}

/**
 * Averages effective robustness and the ends of its intervals over models. The
 * result treats the line's error as the same for all, and nothing else as
 * uncertain. The paper prints such a half-width after ±, which its notebook
 * takes times √((n − 1)/n), as `measureGroups()` does.
 *
 * @throws {RangeError} if there is no model
 */
export function averageColumns(
  models: Iterable<EffectiveRobustness>,
): AveragedColumns {
  let [n, er, low, high] = [0, 0, 0, 0];
  let best: EffectiveRobustness | undefined;
  for (const model of models) {
    n++;
    er += model.er;
    low += model.low;
    high += model.high;
    if (best === undefined || model.er > best.er) best = model;
  }
  if (best === undefined) {
    throw new RangeError(
      "Cannot average effective robustness: there is no model",
    );
  }
  const middle = er / n;
  return {
    n,
    mean: middle,
    low: low / n,
    high: high / n,
    halfWidth: Math.max(middle - low / n, high / n - middle),
    max: best.er,
    maxModel: best.model,
  };
}
