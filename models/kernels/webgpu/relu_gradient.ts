import * as tf from "@tensorflow/tfjs";
import { input, type KernelCall, type KernelOutput } from "./gpu_kernel.ts";
import { runLanes } from "./lane_pass.ts";

/** The kernel behind models/ops/relu_gradient.ts. */
export function reluGradient(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const dy = input(call, "dy");
  const dx = gpu.output(dy.shape);
  runLanes(gpu, {
    n: tf.util.sizeFromShape(dy.shape),
    written: { dx: ["f32", dx] },
    read: { dy: ["f32", dy], y: ["f32", input(call, "y")] },
    body: "dx[i] = select(0.0, dy[i], y[i] > 0.0);",
  });
  return dx;
}
