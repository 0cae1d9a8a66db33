/**
 * Logistic regression with intercept and an L2 penalty, in float64.
 *
 * @module
 */
import { minimise } from "./minimise.ts";

/** Inputs of two kinds. */
export interface BinaryInputs {
  /** Coordinates: [n, dimension], row-major. */
  readonly inputs: Float64Array;
  /** Whether each is of the first kind: [n], 1 or 0. */
  readonly positive: Uint8Array;
  readonly dimension: number;
}

/** A linear classifier: the log odds of the first kind are w·x + b. */
export interface LinearClassifier {
  readonly weights: Float64Array;
  readonly intercept: number;
}

/**
 * The w and b that minimise Σ log(1 + exp(−y (w·x + b))) + penalty/2 · ‖w‖²,
 * y = ±1; b is not penalised. scikit-learn's `LogisticRegression` with
 * C = 1 / penalty. With a penalty above 0 and inputs of both kinds there is
 * one minimum, whether or not a hyperplane separates the kinds.
 *
 * @throws {RangeError} if the penalty is not above 0, or one kind is missing
 */
export function fitLogistic(
  { inputs, positive, dimension: d }: BinaryInputs,
  { penalty }: { readonly penalty: number },
): LinearClassifier {
  if (!(penalty > 0)) {
    throw new RangeError(
      `Cannot fit a logistic regression with penalty ${penalty}: it must be above 0`,
    );
  }
  const n = positive.length;
  const ones = positive.reduce((sum, value) => sum + value, 0);
  if (ones === 0 || ones === n) {
    throw new RangeError(
      `Cannot fit a logistic regression to ${n} inputs: ${
        ones === 0 ? "none" : "all"
      } of them are of the first kind`,
    );
  }
  const { x } = minimise((point, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let c = 0; c < d; c++) {
      const weight = point[c] as number;
      loss += penalty / 2 * weight * weight;
      gradient[c] = penalty * weight;
    }
    for (let i = 0; i < n; i++) {
      const from = i * d;
      let score = point[d] as number;
      for (let c = 0; c < d; c++) {
        score += (inputs[from + c] as number) * (point[c] as number);
      }
      const y = positive[i] === 1 ? 1 : -1;
      const e = Math.exp(-Math.abs(score));
      // log(1 + exp(−y·score)), without overflow.
      loss += Math.log1p(e) + Math.max(0, -y * score);
      const slope = -y * (y * score > 0 ? e : 1) / (1 + e);
      for (let c = 0; c < d; c++) {
        gradient[c] = (gradient[c] as number) +
          slope * (inputs[from + c] as number);
      }
      gradient[d] = (gradient[d] as number) + slope;
    }
    return loss;
  }, {
    // The intercept alone fits the numbers of both kinds.
    start: Float64Array.from(
      { length: d + 1 },
      (_, c) => c === d ? Math.log(ones / (n - ones)) : 0,
    ),
    tolerance: 1e-7 * n,
  });
  return { weights: x.slice(0, d), intercept: x[d] as number };
}

/** The log odds of the first kind of one input, the `i`-th of `inputs`. */
export function logOdds(
  { weights, intercept }: LinearClassifier,
  { inputs, i }: { readonly inputs: Float64Array; readonly i: number },
): number {
  const d = weights.length;
  let score = intercept;
  for (let c = 0; c < d; c++) {
    score += (inputs[i * d + c] as number) * (weights[c] as number);
  }
  return score;
}
