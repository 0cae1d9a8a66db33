/**
 * WGSL of a batch: which images, how each is changed, and its pixels.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";
import type { DeviceAugmentation } from "../augmentations/augmentation.ts";
import { PHILOX } from "../kernels/webgpu/passes/philox_code.ts";
import {
  groupsOf,
  PLACE,
  type Program,
  range,
} from "../kernels/webgpu/passes/work_groups.ts";

/** Sizes of a batch, and where its images lie. */
export interface BatchSizes {
  readonly batchSize: number;
  readonly shape: Images["shape"];
  /** Buffers that the images are spread over. */
  readonly shards: number;
  readonly perShard: number;
  readonly lanes: number;
}

/** A batch in two passes. */
export interface BatchPrograms {
  /** Bindings: labels of the batch, the plan, order of the epoch, labels of the set, step. */
  readonly plan: Program;
  /** Bindings: x of the batch, the plan, shards of the set. */
  readonly pixels: Program;
  /** Size of the plan in words: for each image its number in the set, then its numbers as bits. */
  readonly planWords: number;
}

/** The numbers of a step, as words: place of its first image in the order, epoch, key. */
const STEP = "struct Step { first: u32, epoch: u32, key: vec2u }";
/** Bytes of a buffer that holds them. */
export const STEP_BYTES = 16;

const ENTRY = `@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u) {` as const;

/** The passes that make batches of one size with one augmentation. */
export function batchPrograms(
  augmentation: DeviceAugmentation,
  sizes: BatchSizes,
): BatchPrograms {
  const { draws, functions = "" } = augmentation;
  const { batchSize, shape, lanes } = sizes;
  const { statements, values } = augmentation.plan(shape, {
    draw: (j) => `batch_draws${j >> 2}.${"xyzw"[j & 3]}`,
  });
  const words = 1 + values.length;
  const plan = `
const LANES = ${lanes}u;
${STEP}
@group(0) @binding(0) var<storage, read_write> batch_labels: array<i32>;
@group(0) @binding(1) var<storage, read_write> batch_plan: array<u32>;
@group(0) @binding(2) var<storage, read> batch_order: array<u32>;
@group(0) @binding(3) var<storage, read> batch_known: array<u32>;
@group(0) @binding(4) var<uniform> batch_step: Step;
${draws === 0 ? "" : PHILOX}
${ENTRY}
  ${PLACE}
  if (i >= ${batchSize}u) { return; }
  let batch_position = batch_step.first + i;
  let batch_image = batch_order[batch_position];
  batch_labels[i] = i32(batch_known[batch_image]);
  batch_plan[i * ${words}u] = batch_image;
  ${
    range(Math.ceil(draws / 4)).map((block) =>
      `let batch_draws${block} = philox(vec4u(${block}u, batch_position, batch_step.epoch, 0u), batch_step.key) >> vec4u(8u);`
    ).join("\n  ")
  }
  ${statements}
  ${
    values.map((value, k) =>
      `batch_plan[i * ${words}u + ${k + 1}u] = bitcast<u32>(${value});`
    ).join("\n  ")
  }
}`;
  const n = batchSize * shape[0] * shape[1];
  return {
    plan: { code: plan, groups: groupsOf(batchSize, lanes) },
    pixels: {
      code: pixelCode(augmentation, { ...sizes, words, functions }),
      groups: groupsOf(n, lanes),
    },
    planWords: words * batchSize,
  };
}

function pixelCode(
  augmentation: DeviceAugmentation,
  { batchSize, shape, shards, perShard, lanes, words, functions }:
    & BatchSizes
    & { readonly words: number; readonly functions: string },
): string {
  const [height, width, channels] = shape;
  const numbers = new Set<number>();
  const { statements, values } = augmentation.pixel(shape, {
    number(k) {
      numbers.add(k);
      return `batch_number${k}`;
    },
    value: (row, column, channel) => byteAt(row, column, channel),
  });

  function byteAt(row: string, column: string, channel: number): string {
    const at =
      `(batch_start + u32((${row}) * ${width} + (${column})) * ${channels}u + ${channel}u)`;
    const word = range(shards).map((shard) =>
      `batch_shard${shard}[${at} >> 2u]`
    )
      .reduce((before, next, shard) =>
        `select(${before}, ${next}, batch_shard == ${shard}u)`
      );
    return `batch_unit(f32(extractBits(${word}, 8u * (${at} & 3u), 8u)))`;
  }

  return `
const LANES = ${lanes}u;
@group(0) @binding(0) var<storage, read_write> batch_x: array<f32>;
@group(0) @binding(1) var<storage, read> batch_plan: array<u32>;
${
    range(shards).map((shard) =>
      `@group(0) @binding(${
        shard + 2
      }) var<storage, read> batch_shard${shard}: array<u32>;`
    ).join("\n")
  }
${UNIT}
${functions}
${ENTRY}
  ${PLACE}
  if (i >= ${batchSize * height * width}u) { return; }
  let batch_place = i / ${height * width}u;
  let batch_image = batch_plan[batch_place * ${words}u];
  let batch_shard = batch_image / ${perShard}u;
  let batch_start = (batch_image % ${perShard}u) * ${
    height * width * channels
  }u;
  let row = i32(i / ${width}u % ${height}u);
  let column = i32(i % ${width}u);
  ${
    [...numbers].sort((a, b) => a - b).map((k) =>
      `let batch_number${k} = bitcast<f32>(batch_plan[batch_place * ${words}u + ${
        k + 1
      }u]);`
    ).join("\n  ")
  }
  ${statements}
  ${
    values.map((value, channel) =>
      `batch_x[i * ${channels}u + ${channel}u] = ${value};`
    ).join("\n  ")
  }
}`;
}

/**
 * A byte as a value 0…1, rounded as the host does it. A device may be off by 2.5
 * units in the last place of a quotient; this is not, whether or not it rounds
 * between a product and a sum.
 */
const UNIT = `
fn batch_unit(byte: f32) -> f32 {
  let near = byte * ${Math.fround(1 / 255)}f;
  return near + (byte - 255.0 * near) * ${Math.fround(1 / 255)}f;
}`;

/** Copies `n` words from a buffer to a tensor. Bindings: the tensor, the buffer. */
export function copyProgram(
  n: number,
  { lanes }: { readonly lanes: number },
): Program {
  return {
    code: `
const LANES = ${lanes}u;
@group(0) @binding(0) var<storage, read_write> y: array<u32>;
@group(0) @binding(1) var<storage, read> given: array<u32>;
${ENTRY}
  ${PLACE}
  if (i >= ${n}u) { return; }
  y[i] = given[i];
}`,
    groups: groupsOf(n, lanes),
  };
}
