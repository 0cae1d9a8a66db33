import * as tf from "@tensorflow/tfjs-core";
import { type DropoutAttributes, keptFrom } from "../../../ops/dropout.ts";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "../gpu/gpu_kernel.ts";
import { PHILOX } from "../passes/philox_code.ts";
import { groupsOf, PLACE, range } from "../passes/work_groups.ts";

/** The kernel behind models/ops/dropout.ts: an invocation draws four numbers at once. */
export function dropout(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const x = input(call, "x");
  if (!areFloats(x)) return undefined;
  const { rate, layer } = call.attrs as DropoutAttributes;
  const y = gpu.output(x.shape);
  const n = tf.util.sizeFromShape(x.shape);
  const blocks = Math.ceil(n / 4);
  const { lanes } = gpu.tiling;
  gpu.run({
    code: `
const LANES = ${lanes}u;
@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> place: array<u32>;
${PHILOX}
@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u) {
  ${PLACE}
  if (i >= ${blocks}u) { return; }
  let draws = philox(vec4u(i, ${layer}u, place[2], 0u), vec2u(place[0], place[1])) >> vec4u(8u);
  ${
      range(4).map((k) =>
        `if (i * 4u + ${k}u < ${n}u) { y[i * 4u + ${k}u] = select(0.0, x[i * 4u + ${k}u] * f32(${
          1 / (1 - rate)
        }), draws.${"xyzw"[k]} >= ${keptFrom(rate)}u); }`
      ).join("\n  ")
    }
}`,
    bind: [y, x, input(call, "place")],
    written: 1,
    groups: groupsOf(blocks, lanes),
  });
  return [y];
}
