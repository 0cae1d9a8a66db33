import * as tf from "@tensorflow/tfjs";
import type { UpdateKernels } from "../../ops/update_kernels.ts";
import { groupsOf, PLACE } from "./convolution_code.ts";
import type { Gpu } from "./gpu.ts";

/**
 * Optimizer and average updates in place on the buffers of variables. Numbers
 * that change from step to step lie in buffers that stay the same, one for each
 * weight decay.
 */
export function webGpuUpdates(gpu: Gpu): UpdateKernels {
  const numbers = new Map<string, GPUBuffer>();

  /** The buffer of that name, with these numbers in it. */
  function holding(name: string, values: readonly number[]): GPUBuffer {
    let buffer = numbers.get(name);
    if (buffer === undefined) {
      buffer = gpu.device.createBuffer({
        size: 64,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
      numbers.set(name, buffer);
    }
    gpu.write(buffer, Float32Array.from(values));
    return buffer;
  }

  /** A variable whose values no other tensor shares from here on. */
  function own(variable: tf.Variable): tf.Variable {
    // clone() shares values; a clone must not change with the variable.
    if (gpu.references(variable) > 1) {
      tf.tidy(() => variable.assign(tf.add(variable, 0)));
    }
    return variable;
  }

  function run(
    { variables, read, buffer, fields, body }: {
      readonly variables: Readonly<Record<string, tf.Variable>>;
      readonly read: Readonly<Record<string, tf.TensorInfo>>;
      readonly buffer: GPUBuffer;
      readonly fields: readonly string[];
      readonly body: string;
    },
  ): void {
    const tensors = [
      ...Object.values(variables).map(own),
      ...Object.values(read),
    ];
    const names = [...Object.keys(variables), ...Object.keys(read)];
    const written = Object.keys(variables).length;
    const [first] = Object.values(variables);
    const n = first?.size ?? 0;
    const { lanes } = gpu.tiling;
    gpu.run({
      code: `
const LANES = ${lanes}u;
struct Numbers { ${fields.map((field) => `${field}: f32`).join(", ")} }
${
        names.map((name, i) =>
          `@group(0) @binding(${i}) var<storage, ${
            i < written ? "read_write" : "read"
          }> ${name}: array<f32>;`
        ).join("\n")
      }
@group(0) @binding(${names.length}) var<uniform> u: Numbers;
@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u) {
  ${PLACE}
  if (i >= ${n}u) { return; }
  ${body}
}`,
      bind: [...tensors, { buffer }],
      written,
      groups: groupsOf(n, lanes),
    });
  }

  const scaled = (scale: tf.Scalar | undefined) =>
    scale === undefined ? "gradient[i]" : "gradient[i] * scale[0]";

  /** One buffer for each share of the parameters that shrinks by another amount. */
  function byShrink<T extends { readonly shrink: number }>(
    items: readonly T[],
    name: string,
    values: (shrink: number) => readonly number[],
  ): ReadonlyMap<number, GPUBuffer> {
    const shrinks = [...new Set(items.map(({ shrink }) => shrink))];
    return new Map(
      shrinks.map((
        shrink,
        i,
      ) => [shrink, holding(`${name} ${i}`, values(shrink))]),
    );
  }

  return {
    adamW(items, { rate, beta1, beta2, epsilon, rootCorrection, scale }) {
      const buffers = byShrink(items, "adamW", (shrink) => [
        ...[rate, beta1, 1 - beta1, beta2, 1 - beta2],
        ...[epsilon, rootCorrection, 1 - shrink],
      ]);
      for (const { parameter, gradient, first, second, shrink } of items) {
        run({
          variables: { parameter, first, second },
          read: { gradient, ...scale === undefined ? {} : { scale } },
          buffer: buffers.get(shrink) as GPUBuffer,
          fields: [
            ...["rate", "beta1", "rest1", "beta2", "rest2"],
            ...["epsilon", "rootCorrection", "keep"],
          ],
          body: `let d = ${scaled(scale)};
  let m = first[i] * u.beta1 + d * u.rest1;
  let v = second[i] * u.beta2 + d * d * u.rest2;
  first[i] = m;
  second[i] = v;
  parameter[i] = parameter[i] * u.keep - m * u.rate / (sqrt(v) * u.rootCorrection + u.epsilon);`,
        });
      }
    },
    sgd(items, { learningRate, momentum, nesterov, scale }) {
      const buffers = byShrink(items, "sgd", (shrink) => [
        ...[learningRate, momentum, 1 - shrink],
      ]);
      for (const { parameter, gradient, velocity, shrink } of items) {
        run({
          variables: { parameter, velocity },
          read: { gradient, ...scale === undefined ? {} : { scale } },
          buffer: buffers.get(shrink) as GPUBuffer,
          fields: ["rate", "momentum", "keep"],
          body: `let d = ${scaled(scale)};
  let v = velocity[i] * u.momentum + d;
  velocity[i] = v;
  parameter[i] = parameter[i] * u.keep - u.rate * ${
            nesterov ? "(d + v * u.momentum)" : "v"
          };`,
        });
      }
    },
    average(items, decay) {
      const buffer = holding("average", [decay, 1 - decay]);
      for (const { target, source } of items) {
        run({
          variables: { target_: target },
          read: { source },
          buffer,
          fields: ["decay", "rest"],
          body: "target_[i] = target_[i] * u.decay + source[i] * u.rest;",
        });
      }
    },
  };
}
