/**
 * How the loss of multinomial logistic regression curves, in float64.
 *
 * @module
 */
import { gram, project } from "./products.ts";
import type { ClassedInputs } from "./softmax_loss.ts";

/** Second derivatives along the weights of some classes, one class after the other, each with its bias last. */
export interface ClassesCurvature {
  /** Number of the first weight. */
  readonly from: number;
  /** How many weights. */
  readonly size: number;
  /** [size, size]. */
  readonly matrix: Float64Array;
}

/** So many weights have all their second derivatives; of more, those of classes far apart are left out. */
const MOST_TOGETHER = 4096;

/**
 * The second derivatives of the mean loss at a point, [classes, dimension + 1]:
 * of all weights, or of as many classes at a time as have 4,096 weights, and one
 * at least.
 */
export function curvatureOf(
  examples: ClassedInputs,
  { point, total, together = MOST_TOGETHER }: {
    readonly point: Float64Array;
    /** Σ weights of the inputs, by which their losses are divided. */
    readonly total: number;
    /** How many weights may have all their second derivatives. */
    readonly together?: number;
  },
): readonly ClassesCurvature[] {
  const { dimension: d, classes, labels, weights } = examples;
  const width = d + 1;
  const values = withOnes(examples);
  const rows = Uint32Array.from({ length: values.length / width }, (_, i) => i);
  const shares = probabilities(values, { point, classes, width });
  const weightOf = (i: number) =>
    i >= labels.length
      ? 0
      : (weights === undefined ? 1 : weights[i] as number) / total;
  const each = Float64Array.from(rows, weightOf);
  const step = Math.max(1, Math.floor(together / width));
  const found: ClassesCurvature[] = [];
  for (let first = 0; first < classes; first += step) {
    const count = Math.min(step, classes - first);
    const size = count * width;
    const matrix = new Float64Array(size * size);
    for (let k = 0; k < count; k++) {
      for (let l = 0; l <= k; l++) {
        const block = gram(values, {
          rows,
          d: width,
          weights: curving(each, {
            own: shares[first + k] as Float64Array,
            other: shares[first + l] as Float64Array,
          }),
        });
        put(block, { into: matrix, width, size, k, l });
      }
    }
    found.push({ from: first * width, size, matrix });
  }
  return found;
}

/** Inputs with a one for the bias, a multiple of four of them. */
function withOnes(
  { inputs, labels, dimension: d }: ClassedInputs,
): Float64Array {
  const width = d + 1;
  const values = new Float64Array(4 * Math.ceil(labels.length / 4) * width);
  for (let i = 0; i < labels.length; i++) {
    values.set(inputs.subarray(i * d, (i + 1) * d), i * width);
    values[i * width + d] = 1;
  }
  return values;
}

/** By class, the probability of each input. */
function probabilities(
  values: Float64Array,
  { point, classes, width }: {
    readonly point: Float64Array;
    readonly classes: number;
    readonly width: number;
  },
): readonly Float64Array[] {
  const n = values.length / width;
  const shares = Array.from({ length: classes }, (_, k) => {
    const logits = new Float64Array(n);
    const onto = point.subarray(k * width, (k + 1) * width);
    project(values, { onto, into: logits });
    return logits;
  });
  for (let i = 0; i < n; i++) {
    let most = -Infinity;
    for (const own of shares) most = Math.max(most, own[i] as number);
    let sum = 0;
    for (const own of shares) {
      sum += own[i] = Math.exp((own[i] as number) - most);
    }
    for (const own of shares) own[i] = (own[i] as number) / sum;
  }
  return shares;
}

/** How much each input curves the loss along the logits of two classes, which may be one. */
function curving(
  weights: Float64Array,
  { own, other }: {
    readonly own: Float64Array;
    readonly other: Float64Array;
  },
): Float64Array {
  const same = own === other ? 1 : 0;
  return weights.map((weight, i) =>
    weight * (own[i] as number) * (same - (other[i] as number))
  );
}

/** Puts the lower triangle of the block of classes `k` and `l` where it belongs, four times. */
function put(
  block: Float64Array,
  { into, width, size, k, l }: {
    readonly into: Float64Array;
    readonly width: number;
    readonly size: number;
    readonly k: number;
    readonly l: number;
  },
): void {
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      // A weight that changes no probability has no curvature.
      const least = k === l && a === b ? 1e-12 : 0;
      const value = (block[a * width + b] as number) + least;
      into[(k * width + a) * size + l * width + b] = value;
      into[(k * width + b) * size + l * width + a] = value;
      into[(l * width + a) * size + k * width + b] = value;
      into[(l * width + b) * size + k * width + a] = value;
    }
  }
}
