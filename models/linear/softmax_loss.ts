/**
 * The loss of multinomial logistic regression and its gradient, in float64.
 *
 * @module
 */
import type { Differentiable } from "./minimise.ts";

/** Inputs of several classes. */
export interface ClassedInputs {
  /** Coordinates: [n, dimension], row-major. */
  readonly inputs: Float64Array;
  /** Class of each input: [n], numbers below `classes`. */
  readonly labels: ArrayLike<number>;
  readonly dimension: number;
  readonly classes: number;
  /** Weight of each input, not negative: [n]. All 1 where left out. */
  readonly weights?: Float64Array;
}

/**
 * Σ weightᵢ · lossᵢ / total, the loss being the cross-entropy of the softmax of
 * the logits, as a function of a point: [classes, dimension + 1], the weights
 * of one class after those of the other, each with the bias last.
 */
export function meanLoss(
  { inputs, labels, dimension: d, classes, weights }: ClassedInputs,
  total: number,
): Differentiable {
  const n = labels.length;
  const width = d + 1;
  // Four inputs at a time: each weight and slope is read and written once for four products.
  const rows = new Float64Array(4 * d);
  const logits = new Float64Array(4 * classes);
  return (point, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let first = 0; first < n; first += 4) {
      const count = Math.min(4, n - first);
      rows.set(inputs.subarray(first * d, (first + count) * d));
      for (let k = 0; k < classes; k++) {
        const from = k * width;
        const bias = point[from + d] as number;
        let [s0, s1, s2, s3] = [bias, bias, bias, bias];
        for (let c = 0; c < d; c++) {
          const w = point[from + c] as number;
          s0 += w * (rows[c] as number);
          s1 += w * (rows[d + c] as number);
          s2 += w * (rows[2 * d + c] as number);
          s3 += w * (rows[3 * d + c] as number);
        }
        logits[k] = s0;
        logits[classes + k] = s1;
        logits[2 * classes + k] = s2;
        logits[3 * classes + k] = s3;
      }
      for (let r = 0; r < 4; r++) {
        const i = first + r;
        const weight = i >= n
          ? 0
          : (weights === undefined ? 1 : weights[i] as number) / total;
        loss += slopesInPlace(logits, {
          from: r * classes,
          classes,
          label: i < n ? labels[i] as number : 0,
          weight,
        });
      }
      for (let k = 0; k < classes; k++) {
        const from = k * width;
        const s0 = logits[k] as number;
        const s1 = logits[classes + k] as number;
        const s2 = logits[2 * classes + k] as number;
        const s3 = logits[3 * classes + k] as number;
        for (let c = 0; c < d; c++) {
          gradient[from + c] = (gradient[from + c] as number) +
            s0 * (rows[c] as number) + s1 * (rows[d + c] as number) +
            s2 * (rows[2 * d + c] as number) + s3 * (rows[3 * d + c] as number);
        }
        gradient[from + d] = (gradient[from + d] as number) + s0 + s1 + s2 + s3;
      }
    }
    return loss;
  };
}

/** Makes the logits of one input weight · (probability − 1 for the label), and gives weight · loss. */
function slopesInPlace(
  logits: Float64Array,
  { from, classes, label, weight }: {
    readonly from: number;
    readonly classes: number;
    readonly label: number;
    readonly weight: number;
  },
): number {
  let most = -Infinity;
  for (let k = from; k < from + classes; k++) {
    if ((logits[k] as number) > most) most = logits[k] as number;
  }
  const own = (logits[from + label] as number) - most;
  let sum = 0;
  for (let k = from; k < from + classes; k++) {
    const e = Math.exp((logits[k] as number) - most);
    logits[k] = e;
    sum += e;
  }
  const scale = weight / sum;
  for (let k = from; k < from + classes; k++) {
    logits[k] = (logits[k] as number) * scale;
  }
  logits[from + label] = (logits[from + label] as number) - weight;
  return weight * (Math.log(sum) - own);
}
