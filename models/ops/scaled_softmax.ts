import * as tf from "@tensorflow/tfjs-core";
import { runFused } from "./fused_kernel.ts";

/** Name of the forward kernel: x → y. */
export const SCALED_SOFTMAX = "ScaledSoftmax";
/** Name of the gradient kernel: y, dy → dx. */
export const SCALED_SOFTMAX_GRADIENT = "ScaledSoftmaxGradient";

/**
 * softmax(scale·x) over the last axis: the weights of attention, with 1/√d as
 * the scale of the products of queries and keys (arXiv:1706.03762, eq. 1).
 *
 * @param x [..., column]
 */
export function scaledSoftmax<T extends tf.Tensor>(
  x: T,
  { scale }: { readonly scale: number },
): T {
  const [y] = runFused(SCALED_SOFTMAX, {
    inputs: { x: x as tf.Tensor },
    attributes: { scale },
    composition: ({ x }, { scale }) => [tf.softmax(tf.mul(x, scale))],
  });
  return y as T;
}

tf.registerGradient({
  kernelName: SCALED_SOFTMAX,
  outputsToSave: [true],
  gradFunc: (dys, [y], attrs) => {
    // With one output tfjs hands on its gradient as it is, or in a list.
    const dy = [dys].flat()[0] as tf.Tensor;
    const { scale } = attrs as unknown as { readonly scale: number };
    return {
      x: () => {
        const [dx] = runFused(SCALED_SOFTMAX_GRADIENT, {
          inputs: { y: y as tf.Tensor, dy },
          attributes: { scale },
          composition: ({ y, dy }, { scale }) => {
            const along = tf.sum(tf.mul(dy, y), -1, true);
            return [tf.mul(tf.mul(y, tf.sub(dy, along)), scale)];
          },
        });
        return dx as tf.Tensor;
      },
    };
  },
});
