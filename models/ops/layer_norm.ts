import * as tf from "@tensorflow/tfjs-core";
import { runFused } from "./fused_kernel.ts";

/** Name of the forward kernel: x, scale, offset → y, mean, inverse deviation. */
export const LAYER_NORM = "LayerNorm";
/** Name of the gradient kernel: x, scale, mean, inverse, dy → dx, dscale, doffset. */
export const LAYER_NORM_GRADIENT = "LayerNormGradient";

type Inputs = {
  readonly x: tf.Tensor;
  readonly scale: tf.Tensor1D;
  readonly offset: tf.Tensor1D;
};

type GradientInputs = {
  readonly x: tf.Tensor;
  readonly scale: tf.Tensor1D;
  readonly mean: tf.Tensor;
  readonly inverse: tf.Tensor;
  readonly dy: tf.Tensor;
};

/**
 * Layer normalisation over the last axis (arXiv:1607.06450, eq. 4).
 *
 * @param x [..., channel]
 */
export function layerNorm<T extends tf.Tensor>(
  x: T,
  { scale, offset, epsilon }: {
    /** γ, [channel]. */
    readonly scale: tf.Tensor1D;
    /** β, [channel]. */
    readonly offset: tf.Tensor1D;
    /** Added to the variance. */
    readonly epsilon: number;
  },
): T {
  const [y] = runFused(LAYER_NORM, {
    inputs: { x, scale, offset } as Inputs,
    attributes: { epsilon },
    composition: forward,
  });
  return y as T;
}

function forward(
  { x, scale, offset }: Inputs,
  { epsilon }: { readonly epsilon: number },
): tf.Tensor[] {
  const mean = tf.mean(x, -1, true);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), -1, true);
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const y = tf.add(tf.mul(tf.mul(centred, inverse), scale), offset);
  return [y, mean, inverse];
}

function backward(
  { x, scale, mean, inverse, dy }: GradientInputs,
): tf.Tensor[] {
  const normalised = tf.mul(tf.sub(x, mean), inverse);
  const rows = x.shape.map((_, i) => i).slice(0, -1);
  const doffset = tf.sum(dy, rows);
  const dscale = tf.sum(tf.mul(dy, normalised), rows);
  const inner = tf.mul(dy, scale);
  const alongMean = tf.mean(inner, -1, true);
  const alongNormal = tf.mean(tf.mul(inner, normalised), -1, true);
  const dx = tf.mul(
    tf.sub(tf.sub(inner, alongMean), tf.mul(normalised, alongNormal)),
    inverse,
  );
  return [dx, dscale, doffset];
}

tf.registerGradient({
  kernelName: LAYER_NORM,
  inputsToSave: ["x", "scale"],
  outputsToSave: [false, true, true],
  gradFunc: (dys, saved) => {
    const [dy] = dys as tf.Tensor[];
    const [x, scale, mean, inverse] = saved;
    const [dx, dscale, doffset] = runFused(LAYER_NORM_GRADIENT, {
      inputs: { x, scale, mean, inverse, dy } as GradientInputs,
      attributes: {},
      composition: backward,
    });
    return {
      x: () => dx as tf.Tensor,
      scale: () => dscale as tf.Tensor,
      offset: () => doffset as tf.Tensor,
    };
  },
});
