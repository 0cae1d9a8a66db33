/**
 * A convolution with batch normalisation.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  type NormalisationVariables,
  normaliseBatch,
  runningFactors,
} from "./batch_normalisation.ts";
import {
  residualConvolution,
  withZeroChannels,
} from "../ops/residual_convolution.ts";

/** The variables of a layer. */
export interface ConvolutionVariables extends NormalisationVariables {
  /** Filter: [3, 3, channel, channel]. */
  readonly kernel: tf.Variable;
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
  return normaliseBatch(tf.conv2d(x, filter, 1, "same"), layer, {
    relu: true,
    ...(residual === undefined
      ? {}
      : { residual: withZeroChannels(residual, filter.shape[3]) }),
  });
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
    const { factor, bias } = runningFactors(layer);
    const filter = tf.mul(layer.kernel, factor) as tf.Tensor4D;
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
