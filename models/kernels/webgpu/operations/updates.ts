import * as tf from "@tensorflow/tfjs-core";
import type {
  AdamWNumbers,
  SgdNumbers,
  UpdateKernels,
} from "../../../ops/update_kernels.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { groupsOf, PLACE } from "../passes/work_groups.ts";

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
    { variables, read, buffer, fields = [], body }: {
      readonly variables: Readonly<Record<string, tf.Variable>>;
      readonly read: Readonly<Record<string, tf.TensorInfo>>;
      /** Holds `fields`, numbers that change from step to step. */
      readonly buffer?: GPUBuffer;
      readonly fields?: readonly string[];
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
${
        buffer === undefined
          ? ""
          : `struct Numbers { ${
            fields.map((field) => `${field}: f32`).join(", ")
          } }
@group(0) @binding(${names.length}) var<uniform> u: Numbers;`
      }
${
        names.map((name, i) =>
          `@group(0) @binding(${i}) var<storage, ${
            i < written ? "read_write" : "read"
          }> ${name}: array<f32>;`
        ).join("\n")
      }
@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u) {
  ${PLACE}
  if (i >= ${n}u) { return; }
  ${body}
}`,
      bind: [...tensors, ...buffer === undefined ? [] : [{ buffer }]],
      written,
      groups: groupsOf(n, lanes),
    });
  }

  const scaled = (scale: tf.Scalar | undefined) =>
    scale === undefined ? "gradient[i]" : "gradient[i] * scale[0]";

  /** The buffers of an optimizer, one for each weight decay, written for the next step. */
  function byDecay(
    name: string,
    weightDecays: readonly number[],
    values: (weightDecay: number) => readonly number[],
  ): ReadonlyMap<number, GPUBuffer> {
    return new Map(
      [...new Set(weightDecays)].map((weightDecay, i) => [
        weightDecay,
        holding(`${name} ${i}`, values(weightDecay)),
      ]),
    );
  }

  const writeAdamW = (
    weightDecays: readonly number[],
    numbers: Omit<AdamWNumbers, "scale">,
  ) => {
    const { rate, beta1, beta2, epsilon, rootCorrection } = numbers;
    return byDecay("adamW", weightDecays, (weightDecay) => [
      ...[rate, beta1, 1 - beta1, beta2, 1 - beta2],
      ...[epsilon, rootCorrection, 1 - numbers.learningRate * weightDecay],
    ]);
  };
  const writeSgd = (
    weightDecays: readonly number[],
    { learningRate, momentum }: Omit<SgdNumbers, "scale">,
  ) =>
    byDecay("sgd", weightDecays, (weightDecay) => [
      ...[learningRate, momentum, 1 - learningRate * weightDecay],
    ]);
  const writeAverage = (decay: number) =>
    holding("average", [decay, 1 - decay]);

  return {
    write: {
      adamW: writeAdamW,
      sgd: writeSgd,
      average: writeAverage,
    },
    adamW(items, numbers) {
      const { scale } = numbers;
      const buffers = writeAdamW(decaysOf(items), numbers);
      for (const { parameter, gradient, first, second, weightDecay } of items) {
        run({
          variables: { parameter, first, second },
          read: { gradient, ...scale === undefined ? {} : { scale } },
          buffer: buffers.get(weightDecay) as GPUBuffer,
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
    sgd(items, numbers) {
      const { nesterov, scale } = numbers;
      const buffers = writeSgd(decaysOf(items), numbers);
      for (const { parameter, gradient, velocity, weightDecay } of items) {
        run({
          variables: { parameter, velocity },
          read: { gradient, ...scale === undefined ? {} : { scale } },
          buffer: buffers.get(weightDecay) as GPUBuffer,
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
      const buffer = writeAverage(decay);
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
    blend: ({ target, source }, { keep, share }) =>
      run({
        variables: { target_: target },
        read: { source },
        body: `target_[i] = target_[i] * ${keep} + source[i] * ${share};`,
      }),
  };
}

function decaysOf(
  items: readonly { readonly weightDecay: number }[],
): readonly number[] {
  return items.map(({ weightDecay }) => weightDecay);
}
