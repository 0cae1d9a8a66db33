import * as tf from "@tensorflow/tfjs-core";
import { runFused } from "./fused_kernel.ts";

/** Name of the forward kernel: x → y. */
export const GELU = "Gelu";
/** Name of the gradient kernel: x, dy → dx. */
export const GELU_GRADIENT = "GeluGradient";

/** x·Φ(x) with the normal distribution function Φ (arXiv:1606.08415), not its approximation by tanh. */
export function gelu<T extends tf.Tensor>(x: T): T {
  const [y] = runFused(GELU, {
    inputs: { x: x as tf.Tensor },
    attributes: {},
    composition: ({ x }) => [tf.mul(x, cumulative(x))],
  });
  return y as T;
}

/** Φ(x), the distribution function of the standard normal distribution. */
function cumulative(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
}

tf.registerGradient({
  kernelName: GELU,
  inputsToSave: ["x"],
  gradFunc: (dys, [x]) => {
    // With one output tfjs hands on its gradient as it is, or in a list.
    const dy = [dys].flat()[0] as tf.Tensor;
    return {
      x: () => {
        const [dx] = runFused(GELU_GRADIENT, {
          inputs: { x: x as tf.Tensor, dy },
          attributes: {},
          composition: ({ x, dy }) => {
            const density = tf.mul(
              tf.exp(tf.mul(tf.square(x), -0.5)),
              1 / Math.sqrt(2 * Math.PI),
            );
            return [tf.mul(dy, tf.add(cumulative(x), tf.mul(x, density)))];
          },
        });
        return dx as tf.Tensor;
      },
    };
  },
});
