import * as tf from "@tensorflow/tfjs-core";
import { runFused } from "./fused_kernel.ts";

/** Name of the kernel: dy, y → dy where y > 0, else 0. */
export const RELU_GRADIENT = "ReluGradient";

// Of the output, which whatever comes next keeps anyway, not of the input.
tf.registerGradient({
  kernelName: tf.Relu,
  outputsToSave: [true],
  gradFunc: (dy, [y]) => ({
    x: () => {
      const dx: unknown = runFused(RELU_GRADIENT, {
        inputs: { dy: dy as tf.Tensor, y: y as tf.Tensor },
        attributes: {},
        composition: ({ dy, y }) => [tf.mul(dy, tf.step(y))],
      });
      return (Array.isArray(dx) ? dx[0] : dx) as tf.Tensor;
    },
  }),
});
