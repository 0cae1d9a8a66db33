/**
 * Activations of networks and their gradients, each in one pass.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "./fast_kernel.ts";

/** The kernel behind models/ops/gelu.ts, in one pass where tfjs makes five. */
export function gelu(call: KernelCall): KernelOutput {
  const { heap } = call;
  const x = input(call, "x");
  if (!areFloats(x)) return undefined;
  const y = heap.output(x.shape);
  const n = tf.util.sizeFromShape(x.shape);
  heap.kernels.gelu(heap.pointer(x), heap.pointer(y), n);
  return [y];
}

/** The gradient of {@linkcode gelu}, in one pass where tfjs makes eleven. */
export function geluGradient(call: KernelCall): KernelOutput {
  const { heap } = call;
  const x = input(call, "x");
  const dy = input(call, "dy");
  if (!areFloats(x, dy)) return undefined;
  const dx = heap.output(x.shape);
  heap.kernels.geluGradient(
    heap.pointer(x),
    heap.pointer(dy),
    heap.pointer(dx),
    tf.util.sizeFromShape(x.shape),
  );
  return [dx];
}

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
