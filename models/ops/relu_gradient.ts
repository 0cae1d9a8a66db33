import * as tf from "@tensorflow/tfjs";
import { runFused } from "./fused_kernel.ts";

/** Name of the kernel: dy, y → dy where y > 0, else 0. */
export const RELU_GRADIENT = "ReluGradient";

/**
 * Replaces the gradient of tfjs's Relu, on every backend, by one that runs
 * {@linkcode RELU_GRADIENT} and keeps the output instead of the input.
 */
export function replaceReluGradient(): void {
  tf.unregisterGradient("Relu");
  tf.registerGradient({
    kernelName: "Relu",
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
}
