import * as tf from "@tensorflow/tfjs";
import { input, type KernelCall, type KernelOutput } from "./fast_kernel.ts";

/** The kernel behind models/ops/relu_gradient.ts, in one pass where tfjs makes three. */
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
