/**
 * Features with mean 0 and deviation 1, and linear classifiers on them and on
 * the features as they were.
 *
 * @module
 */
import type { SoftmaxClassifier } from "../linear/softmax_regression.ts";
import type { Features } from "../prediction/features.ts";

/** What is taken out of each feature, and what it is then divided by: [d] each. */
export interface Scaler {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** Features of some images, [rows, d], in float64. */
export function rowsOf(
  { values, dimension: d }: Features,
  rows: ArrayLike<number>,
): Float64Array {
  const inputs = new Float64Array(rows.length * d);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    inputs.set(values.subarray(row * d, (row + 1) * d), i * d);
  }
  return inputs;
}

/** Mean and deviation of each of `d` features; one that never changes is divided by 1, so that it becomes 0. */
export function scalerOf(inputs: Float64Array, d: number): Scaler {
  const n = inputs.length / d;
  const means = new Float64Array(d);
  const deviations = new Float64Array(d);
  for (let k = 0; k < inputs.length; k++) {
    const c = k % d;
    means[c] = (means[c] as number) + (inputs[k] as number) / n;
  }
  for (let k = 0; k < inputs.length; k++) {
    const c = k % d;
    deviations[c] = (deviations[c] as number) +
      ((inputs[k] as number) - (means[c] as number)) ** 2 / n;
  }
  for (let c = 0; c < d; c++) {
    const deviation = Math.sqrt(deviations[c] as number);
    const changes = deviation > 1e-9 * (1e-9 + Math.abs(means[c] as number));
    deviations[c] = changes ? deviation : 1;
  }
  return { means, deviations };
}

/** Standardises features in place. */
export function standardise(
  inputs: Float64Array,
  { means, deviations }: Scaler,
): Float64Array {
  const d = means.length;
  for (let k = 0; k < inputs.length; k++) {
    const c = k % d;
    inputs[k] = ((inputs[k] as number) - (means[c] as number)) /
      (deviations[c] as number);
  }
  return inputs;
}

/** The classifier of features as they were that gives the logits of this one of standardised features. */
export function onRaw(
  { kernel, bias }: SoftmaxClassifier,
  { means, deviations }: Scaler,
): SoftmaxClassifier {
  const classes = bias.length;
  const raw = kernel.map((w, i) =>
    w / (deviations[Math.floor(i / classes)] as number)
  );
  return { kernel: raw, bias: moved(bias, { kernel: raw, means, sign: -1 }) };
}

/** The inverse of {@linkcode onRaw}. */
export function onStandardised(
  { kernel, bias }: SoftmaxClassifier,
  { means, deviations }: Scaler,
): SoftmaxClassifier {
  const classes = bias.length;
  return {
    kernel: kernel.map((w, i) =>
      w * (deviations[Math.floor(i / classes)] as number)
    ),
    bias: moved(bias, { kernel, means, sign: 1 }),
  };
}

/** The bias with what the kernel makes of the means added or taken out. */
function moved(
  bias: Float64Array,
  { kernel, means, sign }: {
    readonly kernel: Float64Array;
    readonly means: Float64Array;
    readonly sign: 1 | -1;
  },
): Float64Array {
  const classes = bias.length;
  const sums = bias.slice();
  for (let i = 0; i < kernel.length; i++) {
    const k = i % classes;
    sums[k] = (sums[k] as number) + sign * (kernel[i] as number) *
        (means[Math.floor(i / classes)] as number);
  }
  return sums;
}
