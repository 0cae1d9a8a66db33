import * as tf from "@tensorflow/tfjs-core";
import { runFused } from "./fused_kernel.ts";

/** Name of the forward kernel: x, scale, offset, residual? → y, mean, variance. */
export const BATCH_NORM = "BatchNormTraining";
/** Name of the gradient kernel: x, y, scale, mean, variance, dy → dx, dscale, doffset, dresidual?. */
export const BATCH_NORM_GRADIENT = "BatchNormTrainingGradient";

/** What {@linkcode batchNorm} needs besides its input. */
export interface BatchNormOptions {
  /** γ, [channel]. */
  readonly scale: tf.Tensor1D;
  /** β, [channel]. */
  readonly offset: tf.Tensor1D;
  /** Added to the variance. */
  readonly epsilon: number;
  /** Whether a ReLU follows, after the residual is added. */
  readonly relu: boolean;
  /** Added to the normalised values before the ReLU, [batch, height, width, channel]. */
  readonly residual?: tf.Tensor4D;
}

/** The result of {@linkcode batchNorm}. */
export interface BatchNormResult {
  /** [batch, height, width, channel]. */
  readonly y: tf.Tensor4D;
  /** Mean over batch and space, [channel]; carries no gradient. */
  readonly mean: tf.Tensor1D;
  /** Biased variance over batch and space, [channel]; carries no gradient. */
  readonly variance: tf.Tensor1D;
}

type Inputs = {
  readonly x: tf.Tensor4D;
  readonly scale: tf.Tensor1D;
  readonly offset: tf.Tensor1D;
  readonly residual?: tf.Tensor4D;
};

type GradientInputs = {
  readonly x: tf.Tensor4D;
  readonly y: tf.Tensor4D;
  readonly scale: tf.Tensor1D;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
  readonly dy: tf.Tensor4D;
};

/**
 * Batch normalisation with the statistics of the batch itself
 * (arXiv:1502.03167, algorithm 1), with an optional residual and ReLU.
 *
 * @param x [batch, height, width, channel]
 */
export function batchNorm(
  x: tf.Tensor4D,
  options: BatchNormOptions,
): BatchNormResult {
  const { scale, offset, epsilon, relu, residual } = options;
  const [y, mean, variance] = runFused(BATCH_NORM, {
    inputs: residual === undefined
      ? { x, scale, offset }
      : { x, scale, offset, residual },
    attributes: { epsilon, relu, residual: residual !== undefined },
    composition: forward,
  });
  return {
    y: y as tf.Tensor4D,
    mean: mean as tf.Tensor1D,
    variance: variance as tf.Tensor1D,
  };
}

function forward(
  { x, scale, offset, residual }: Inputs,
  { epsilon, relu }: { readonly epsilon: number; readonly relu: boolean },
): tf.Tensor[] {
  const mean = tf.mean(x, [0, 1, 2]);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), [0, 1, 2]);
  const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)));
  let y: tf.Tensor = tf.add(tf.mul(centred, factor), offset);
  if (residual !== undefined) y = tf.add(y, residual);
  return [relu ? tf.relu(y) : y, mean, variance];
}

function backward(
  { x, y, scale, mean, variance, dy }: GradientInputs,
  { epsilon, relu, residual }: {
    readonly epsilon: number;
    readonly relu: boolean;
    readonly residual: boolean;
  },
): tf.Tensor[] {
  const masked = relu ? tf.mul(dy, tf.step(y)) : dy;
  const deviation = tf.rsqrt(tf.add(variance, epsilon));
  const normalised = tf.mul(tf.sub(x, mean), deviation);
  const doffset = tf.sum(masked, [0, 1, 2]);
  const dscale = tf.sum(tf.mul(masked, normalised), [0, 1, 2]);
  const count = x.size / (x.shape[3] || 1);
  const inner = tf.sub(
    tf.sub(masked, tf.div(doffset, count)),
    tf.mul(normalised, tf.div(dscale, count)),
  );
  const dx = tf.mul(inner, tf.mul(scale, deviation));
  if (!residual) return [dx, dscale, doffset];
  return [dx, dscale, doffset, relu ? masked : masked.clone()];
}

tf.registerGradient({
  kernelName: BATCH_NORM,
  inputsToSave: ["x", "scale"],
  outputsToSave: [true, true, true],
  gradFunc: (dys, saved, attrs) => {
    const [dy] = dys as tf.Tensor[];
    const [x, scale, y, mean, variance] = saved;
    const { epsilon, relu, residual } = attrs as unknown as {
      readonly epsilon: number;
      readonly relu: boolean;
      readonly residual: boolean;
    };
    const [dx, dscale, doffset, dresidual] = runFused(BATCH_NORM_GRADIENT, {
      inputs: { x, y, scale, mean, variance, dy } as GradientInputs,
      attributes: { epsilon, relu, residual },
      composition: backward,
    });
    return {
      x: () => dx as tf.Tensor,
      scale: () => dscale as tf.Tensor,
      offset: () => doffset as tf.Tensor,
      residual: () => dresidual as tf.Tensor,
    };
  },
});
