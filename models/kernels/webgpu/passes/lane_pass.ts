import * as tf from "@tensorflow/tfjs-core";
import type { Gpu } from "../gpu/gpu.ts";
import { groupsOf, PLACE } from "./work_groups.ts";

/** What an array of a pass holds. */
export type Element = "f32" | "vec4f" | "i32" | "u32" | "vec4u";

/** Arrays by the names that the code gives them. */
export type Arrays = Readonly<
  Record<string, readonly [Element, tf.TensorInfo]>
>;

/** Makes arrays that all hold the same. */
export function arraysOf(
  element: Element,
): (tensors: Readonly<Record<string, tf.TensorInfo>>) => Arrays {
  return (tensors) =>
    Object.fromEntries(
      Object.entries(tensors).map((
        [name, tensor],
      ) => [name, [element, tensor]]),
    );
}

/** Declarations of arrays, bound in their order: those that are written first. */
export function declarations(written: Arrays, read: Arrays = {}): string {
  return [
    ...Object.entries(written).map((entry) => [entry, "read_write"] as const),
    ...Object.entries(read).map((entry) => [entry, "read"] as const),
  ].map(([[name, [element]], access], i) =>
    `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${element}>;`
  ).join("\n");
}

/** Tensors in the order in which {@linkcode declarations} binds them. */
export function tensorsOf(written: Arrays, read: Arrays = {}): tf.TensorInfo[] {
  return [...Object.values(written), ...Object.values(read)]
    .map(([, tensor]) => tensor);
}

/** The built-in values that an entry point is given. */
export const BUILT_IN =
  "@builtin(workgroup_id) g: vec3u, @builtin(local_invocation_id) l: vec3u, @builtin(num_workgroups) count: vec3u" as const;

/** Runs `body` with `i` = 0 … n − 1, each in a lane of its own. */
export function runLanes(
  gpu: Gpu,
  { n, written, read, body, functions = "" }: {
    readonly n: number;
    readonly written: Arrays;
    readonly read: Arrays;
    /** WGSL that runs for each `i`. */
    readonly body: string;
    /** WGSL functions that the body calls. */
    readonly functions?: string;
  },
): void {
  const { lanes } = gpu.tiling;
  gpu.run({
    code: `
const LANES = ${lanes}u;
${declarations(written, read)}
${functions}
@compute @workgroup_size(LANES)
fn main(${BUILT_IN}) {
  ${PLACE}
  if (i >= ${n}u) { return; }
  ${body}
}`,
    bind: tensorsOf(written, read),
    written: Object.keys(written).length,
    groups: groupsOf(n, lanes),
  });
}

/** How many places a tensor has for lanes, in fours where it divides into them. */
export function placesOf(
  { shape }: tf.TensorInfo,
): { readonly n: number; readonly inFours: boolean } {
  const size = tf.util.sizeFromShape([...shape]);
  const inFours = size % 4 === 0;
  return { n: inFours ? size / 4 : size, inFours };
}
