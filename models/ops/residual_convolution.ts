import * as tf from "@tensorflow/tfjs-core";
import { runFused } from "./fused_kernel.ts";

/** Name of the kernel: x, filter, bias, residual → y. */
export const RESIDUAL_CONVOLUTION = "ResidualConvolution";

/** Tensors that the kernel reads. */
export type ResidualInputs = {
  readonly x: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
  readonly residual: tf.Tensor4D;
};

/**
 * relu(convolution of x, at stride 1 and padded to its size, + bias + residual).
 *
 * @param x [n, height, width, channel]
 */
export function residualConvolution(
  x: tf.Tensor4D,
  options: {
    /** Filter: [height, width, channel, channel]. */
    readonly filter: tf.Tensor4D;
    /** Bias: [channel]. */
    readonly bias: tf.Tensor1D;
    /** Residual: [n, height, width, channel]; channels it lacks count as zero. */
    readonly residual: tf.Tensor4D;
  },
): tf.Tensor4D {
  const { filter, bias, residual } = options;
  const inputs = { x, filter, bias, residual };
  // The kernel has no gradient; like tfjs, nothing is fused while one is recorded.
  if (tf.engine().state.gradientDepth > 0) {
    return tf.tidy(() => composeResidualConvolution(inputs));
  }
  const [y] = runFused(RESIDUAL_CONVOLUTION, {
    inputs,
    attributes: {},
    composition: (inputs) => [composeResidualConvolution(inputs)],
  });
  return y as tf.Tensor4D;
}

/** What the kernel computes, in tfjs operations. */
function composeResidualConvolution(
  { x, filter, bias, residual }: ResidualInputs,
): tf.Tensor4D {
  const y = tf.fused.conv2d({ x, filter, bias, strides: 1, pad: "same" });
  return tf.relu(tf.add(y, withZeroChannels(residual, y.shape[3])));
}

/** `x` [n, height, width, channel] with zero channels behind its own, `channels` in all. */
export function withZeroChannels(
  x: tf.Tensor4D,
  channels: number,
): tf.Tensor4D {
  const missing = channels - x.shape[3];
  return missing === 0
    ? x
    : tf.pad4d(x, [[0, 0], [0, 0], [0, 0], [0, missing]]);
}
