/**
 * A convolution with batch normalisation: the statistics of the batch in
 * training, the running ones in use.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { batchNorm } from "../ops/batch_norm.ts";
import {
  residualConvolution,
  withZeroChannels,
} from "../ops/residual_convolution.ts";

// As PyTorch's BatchNorm2d.
const EPSILON = 1e-5;
const MOMENTUM = 0.1;

/** The variables of a layer. */
export interface ConvolutionVariables {
  /** Filter: [3, 3, channel, channel]. */
  readonly kernel: tf.Variable;
  /** γ, [channel]. */
  readonly scale: tf.Variable;
  /** β, [channel]. */
  readonly offset: tf.Variable;
  /** Running mean, [channel]. */
  readonly mean: tf.Variable;
  /** Running variance, of unbiased estimates, [channel]. */
  readonly variance: tf.Variable;
}

/** How {@linkcode convolutionLayer} is applied. */
export interface ConvolutionLayerOptions {
  readonly training: boolean;
  /** Added before the ReLU that always follows; channels it lacks count as zero. */
  readonly residual?: tf.Tensor4D;
}

/**
 * relu(normalised convolution · scale + offset + residual) of x [n, height,
 * width, channel]. In training the running statistics are updated.
 */
export function convolutionLayer(
  x: tf.Tensor4D,
  layer: ConvolutionVariables,
  { training, residual }: ConvolutionLayerOptions,
): tf.Tensor4D {
  if (!training) return fixedLayer(x, { layer, residual });
  const filter = layer.kernel as tf.Tensor as tf.Tensor4D;
  const { y, mean, variance } = batchNorm(
    tf.conv2d(x, filter, 1, "same"),
    {
      scale: layer.scale as tf.Tensor as tf.Tensor1D,
      offset: layer.offset as tf.Tensor as tf.Tensor1D,
      epsilon: EPSILON,
      relu: true,
      ...(residual === undefined
        ? {}
        : { residual: withZeroChannels(residual, filter.shape[3]) }),
    },
  );
  const count = y.size / y.shape[3];
  move(layer.mean, { towards: mean, by: MOMENTUM });
  // PyTorch normalises with the biased variance but keeps the unbiased one.
  move(layer.variance, {
    towards: variance,
    by: MOMENTUM,
    factor: count / (count - 1),
  });
  return y;
}

/** With fixed statistics, normalisation is a factor on the kernel and a bias. */
function fixedLayer(
  x: tf.Tensor4D,
  { layer, residual }: {
    readonly layer: ConvolutionVariables;
    readonly residual: tf.Tensor4D | undefined;
  },
): tf.Tensor4D {
  return tf.tidy(() => {
    const factor = tf.mul(
      layer.scale,
      tf.rsqrt(tf.add(layer.variance, EPSILON)),
    );
    const filter = tf.mul(layer.kernel, factor) as tf.Tensor4D;
    const bias = tf.sub(
      layer.offset,
      tf.mul(layer.mean, factor),
    ) as tf.Tensor1D;
    if (residual !== undefined) {
      return residualConvolution(x, { filter, bias, residual });
    }
    return tf.fused.conv2d({
      x,
      filter,
      bias,
      strides: 1,
      pad: "same",
      activation: "relu",
    });
  });
}

function move(
  running: tf.Variable,
  { towards, by, factor = 1 }: {
    readonly towards: tf.Tensor1D;
    readonly by: number;
    readonly factor?: number;
  },
): void {
  tf.tidy(() =>
    running.assign(
      tf.add(tf.mul(running, 1 - by), tf.mul(towards, by * factor)),
    )
  );
}
