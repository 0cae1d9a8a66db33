import * as tf from "@tensorflow/tfjs-core";
import { runFused } from "./fused_kernel.ts";

/** Name of the kernel: logits, labels → mean loss, its gradient with respect to the logits. */
export const SOFTMAX_CROSS_ENTROPY = "SoftmaxCrossEntropyMean";

type Inputs = {
  readonly logits: tf.Tensor2D;
  readonly labels: tf.Tensor1D;
};

/**
 * Mean softmax cross-entropy with label smoothing (arXiv:1512.00567, section
 * 7): the target is (1 − s)·one-hot + s/c.
 *
 * @param logits [n, c]
 * @param labels int32 [n], each in 0 … c − 1
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  { smoothing }: { readonly smoothing: number },
): tf.Scalar {
  const [loss] = runFused(SOFTMAX_CROSS_ENTROPY, {
    inputs: { logits, labels },
    attributes: { smoothing },
    composition: forward,
  });
  return loss as tf.Scalar;
}

function forward(
  { logits, labels }: Inputs,
  { smoothing }: { readonly smoothing: number },
): tf.Tensor[] {
  const [n, classes] = logits.shape;
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const exponential = tf.exp(shifted);
  const total = tf.sum(exponential, 1, true);
  const share = smoothing / classes;
  // Zeros and ones first: backends disagree on tf.oneHot of fractions, and some cut them to 0.
  const hot = tf.cast(tf.oneHot(labels, classes), "float32");
  const target = tf.add(tf.mul(hot, 1 - smoothing), share);
  const terms = tf.mul(target, tf.sub(tf.log(total), shifted));
  const loss = tf.div(tf.sum(terms), n);
  const gradient = tf.div(tf.sub(tf.div(exponential, total), target), n);
  return [loss, gradient];
}

tf.registerGradient({
  kernelName: SOFTMAX_CROSS_ENTROPY,
  outputsToSave: [false, true],
  gradFunc: (dys, [gradient]) => {
    const [dy] = dys as unknown as tf.Tensor[];
    return { logits: () => tf.mul(gradient as tf.Tensor, dy as tf.Tensor) };
  },
});
