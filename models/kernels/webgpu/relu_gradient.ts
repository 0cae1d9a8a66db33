import * as tf from "@tensorflow/tfjs";
import { groupsOf, PLACE } from "./convolution_code.ts";
import { input, type KernelCall, type KernelOutput } from "./gpu_kernel.ts";

/** The kernel behind models/ops/relu_gradient.ts. */
export function reluGradient(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const dy = input(call, "dy");
  const dx = gpu.output(dy.shape);
  const n = tf.util.sizeFromShape(dy.shape);
  const { lanes } = gpu.tiling;
  gpu.run({
    code: `
const LANES = ${lanes}u;
@group(0) @binding(0) var<storage, read_write> dx: array<f32>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read> y: array<f32>;
@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u) {
  ${PLACE}
  if (i >= ${n}u) { return; }
  dx[i] = select(0.0, dy[i], y[i] > 0.0);
}`,
    bind: [dx, dy, input(call, "y")],
    written: 1,
    groups: groupsOf(n, lanes),
  });
  return dx;
}
