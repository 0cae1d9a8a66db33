/**
 * A transformer block with the norms in front (arXiv:2010.11929, eq. 2 and 3).
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { gelu } from "../ops/gelu.ts";
import { layerNorm } from "../ops/layer_norm.ts";
import { scaledSoftmax } from "../ops/scaled_softmax.ts";

// As PyTorch's LayerNorm.
const EPSILON = 1e-5;

/** Scale and offset of a layer normalisation, [width]. */
export interface NormVariables {
  readonly scale: tf.Variable;
  readonly offset: tf.Variable;
}

/** Kernel [from, to] and bias [to] of a dense layer. */
export interface DenseVariables {
  readonly kernel: tf.Variable;
  readonly bias: tf.Variable;
}

/** The variables of a block. */
export interface TransformerVariables {
  readonly norm1: NormVariables;
  /** To queries, keys and values: [width, 3·width]. */
  readonly attention: DenseVariables;
  readonly projection: DenseVariables;
  readonly norm2: NormVariables;
  readonly up: DenseVariables;
  readonly down: DenseVariables;
}

/** What a block is applied to: tokens of all images in one matrix. */
export interface Tokens {
  /** Tokens: [image · token, width]. */
  readonly y: tf.Tensor2D;
  readonly images: number;
  readonly heads: number;
}

/** The tokens after a block, [image · token, width]. */
export function transformerBlock(
  { y, images, heads }: Tokens,
  block: TransformerVariables,
): tf.Tensor2D {
  return tf.tidy(() => {
    const mixed = attend({
      y: dense(norm(y, block.norm1), block.attention),
      images,
      heads,
    });
    const between = tf.add(y, dense(mixed, block.projection)) as tf.Tensor2D;
    const inner = gelu(dense(norm(between, block.norm2), block.up));
    return tf.add(between, dense(inner, block.down)) as tf.Tensor2D;
  });
}

/** Attention of queries, keys and values [image · token, 3·width], over the tokens of each image. */
function attend({ y, images, heads }: Tokens): tf.Tensor2D {
  const tokens = y.shape[0] / images;
  const width = y.shape[1] / 3;
  const each = width / heads;
  const parts = tf.transpose(
    tf.reshape(y, [images, tokens, 3, heads, each]),
    [2, 0, 3, 1, 4],
  );
  const [queries, keys, values] = tf.unstack(parts) as [
    tf.Tensor4D, // [image, head, token, width of a head]
    tf.Tensor4D,
    tf.Tensor4D,
  ];
  const weights = scaledSoftmax(tf.matMul(queries, keys, false, true), {
    scale: 1 / Math.sqrt(each),
  });
  const mixed = tf.transpose(tf.matMul(weights, values), [0, 2, 1, 3]);
  return tf.reshape(mixed, [images * tokens, width]);
}

/** Layer normalisation of [row, width]. */
export function norm<T extends tf.Tensor>(
  x: T,
  { scale, offset }: NormVariables,
): T {
  return layerNorm(x, {
    scale: scale as tf.Tensor as tf.Tensor1D,
    offset: offset as tf.Tensor as tf.Tensor1D,
    epsilon: EPSILON,
  });
}

/** x · kernel + bias for x [row, from]. */
export function dense(
  x: tf.Tensor2D,
  { kernel, bias }: DenseVariables,
): tf.Tensor2D {
  return tf.add(tf.matMul(x, kernel as tf.Tensor as tf.Tensor2D), bias);
}
