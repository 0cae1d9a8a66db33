import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "../gpu/gpu_kernel.ts";
import { groupsOf, PLACE } from "../passes/work_groups.ts";

/** The kernel behind models/ops/cross_entropy.ts. */
export function softmaxCrossEntropyMean(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const logits = input(call, "logits");
  const labels = input(call, "labels");
  const { smoothing } = call.attrs as { readonly smoothing: number };
  if (!areFloats(logits) || labels.dtype !== "int32") return undefined;
  const [n = 0, classes = 0] = logits.shape;
  const { lanes } = gpu.tiling;
  const losses = gpu.output([n]);
  const gradient = gpu.output(logits.shape);
  gpu.run({
    code: `
const LANES = ${lanes}u;
@group(0) @binding(0) var<storage, read_write> losses: array<f32>;
@group(0) @binding(1) var<storage, read_write> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> logits: array<f32>;
@group(0) @binding(3) var<storage, read> labels: array<i32>;
@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u) {
  ${PLACE}
  if (i >= ${n}u) { return; }
  let row = i * ${classes}u;
  var highest = logits[row];
  for (var c = 1u; c < ${classes}u; c++) { highest = max(highest, logits[row + c]); }
  var total = 0.0;
  for (var c = 0u; c < ${classes}u; c++) { total += exp(logits[row + c] - highest); }
  let logTotal = log(total);
  var loss = 0.0;
  for (var c = 0u; c < ${classes}u; c++) {
    let shifted = logits[row + c] - highest;
    let target_ = select(0.0, ${1 - smoothing}, i32(c) == labels[i]) + ${
      smoothing / classes
    };
    loss += target_ * (logTotal - shifted);
    gradient[row + c] = (exp(shifted) / total - target_) / ${n}.0;
  }
  losses[i] = loss;
}`,
    bind: [losses, gradient, logits, labels],
    written: 2,
    groups: groupsOf(n, lanes),
  });
  const loss = gpu.output([]);
  gpu.run({
    code: `
@group(0) @binding(0) var<storage, read_write> mean: array<f32>;
@group(0) @binding(1) var<storage, read> losses: array<f32>;
@compute @workgroup_size(1)
fn main() {
  var sum = 0.0;
  for (var i = 0u; i < ${n}u; i++) { sum += losses[i]; }
  mean[0] = sum / ${n}.0;
}`,
    bind: [loss, losses],
    written: 1,
    groups: [1],
  });
  gpu.free(losses);
  return [loss, gradient];
}
