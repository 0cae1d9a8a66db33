import * as tf from "@tensorflow/tfjs";
import { runFused } from "../../ops/fused_kernel.ts";
import { input, type KernelCall, type KernelOutput } from "./fast_kernel.ts";

/** Name of the kernel: dy, y → dy where y > 0, else 0. */
export const RELU_GRADIENT = "ReluGradient";

/** {@linkcode RELU_GRADIENT} in one pass, where tfjs makes three. */
export function reluGradient(call: KernelCall): KernelOutput {
  const { heap } = call;
  const dy = input(call, "dy");
  const dx = heap.output(dy.shape);
  heap.kernels.reluGradient(
    heap.pointer(dy),
    heap.pointer(input(call, "y")),
    heap.pointer(dx),
    tf.util.sizeFromShape(dy.shape),
  );
  return dx;
}

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
