/**
 * Batch normalisation with variables of its own: the statistics of the batch in
 * training, the running ones in use.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { batchNorm } from "../ops/batch_norm.ts";
import { updateKernels } from "../ops/update_kernels.ts";

// As PyTorch's BatchNorm2d.
const EPSILON = 1e-5;
const MOMENTUM = 0.1;

/** The variables of a normalisation, each of [channel]. */
export interface NormalisationVariables {
  /** γ. */
  readonly scale: tf.Variable;
  /** β. */
  readonly offset: tf.Variable;
  /** Running mean. */
  readonly mean: tf.Variable;
  /** Running variance, of unbiased estimates. */
  readonly variance: tf.Variable;
}

/** What follows a normalisation. */
export interface NormaliseBatchOptions {
  /** Whether a ReLU does, after the residual is added. */
  readonly relu: boolean;
  /** Added to what is normalised, of the same shape. */
  readonly residual?: tf.Tensor4D;
}

/**
 * x [n, height, width, channel], normalised by its own statistics, times scale
 * plus offset. The running statistics are updated.
 *
 * @throws {RangeError} if a channel has one value alone, which has no variance
 */
export function normaliseBatch(
  x: tf.Tensor4D,
  { scale, offset, ...running }: NormalisationVariables,
  options: NormaliseBatchOptions,
): tf.Tensor4D {
  const { y, mean, variance } = batchNorm(x, {
    ...options,
    scale: scale as tf.Tensor as tf.Tensor1D,
    offset: offset as tf.Tensor as tf.Tensor1D,
    epsilon: EPSILON,
  });
  const count = y.size / y.shape[3];
  if (count < 2) {
    throw new RangeError(
      "Cannot normalise a batch of one value a channel: it has no variance; train on larger batches or images",
    );
  }
  move(running.mean, { towards: mean, by: MOMENTUM });
  // PyTorch normalises with the biased variance but keeps the unbiased one.
  move(running.variance, {
    towards: variance,
    by: MOMENTUM,
    factor: count / (count - 1),
  });
  return y;
}

/** What normalisation by the running statistics comes to: a factor of each channel, and what is added. */
export function runningFactors(
  { scale, offset, mean, variance }: NormalisationVariables,
): { readonly factor: tf.Tensor1D; readonly bias: tf.Tensor1D } {
  const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, EPSILON)));
  return {
    factor: factor as tf.Tensor1D,
    bias: tf.sub(offset, tf.mul(mean, factor)) as tf.Tensor1D,
  };
}

function move(
  running: tf.Variable,
  { towards, by, factor = 1 }: {
    readonly towards: tf.Tensor1D;
    readonly by: number;
    readonly factor?: number;
  },
): void {
  const [keep, share] = [1 - by, by * factor];
  const kernels = updateKernels(tf.getBackend());
  // Operations of tfjs would be recorded for a gradient, with copies of all they take.
  if (kernels !== undefined) {
    return kernels.blend({ target: running, source: towards }, { keep, share });
  }
  tf.tidy(() =>
    running.assign(tf.add(tf.mul(running, keep), tf.mul(towards, share)))
  );
}
