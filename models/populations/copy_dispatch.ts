import type { Command } from "../kernels/webgpu/gpu/recording.ts";

/** Invocations of a workgroup. */
const LANES = 64;

/** A dispatch that lacks the pipeline of its program. */
export type BareDispatch = Omit<
  Extract<Command, { kind: "dispatch" }>,
  "pipeline"
>;

/**
 * A copy as a dispatch, which can be widened and does not end a pass, as a copy
 * does: a step that sets small constants anew would else be cut into as many
 * passes. `undefined` if the buffers cannot be bound side by side, or are not
 * made of words.
 *
 * @param options.mostGroups most workgroups of a dispatch in x
 */
export function copyDispatch(
  { from, fromOffset, to, toOffset, bytes }: Extract<Command, { kind: "copy" }>,
  { mostGroups }: { readonly mostGroups: number },
): BareDispatch | undefined {
  const numbers = [from.size, to.size, fromOffset, toOffset, bytes];
  const groups = Math.ceil(bytes / 4 / LANES);
  const fits = from !== to && groups <= mostGroups &&
    numbers.every((number) => number % 4 === 0) &&
    [from, to].every(({ usage }) => (usage & GPUBufferUsage.STORAGE) !== 0);
  if (!fits) return undefined;
  return {
    kind: "dispatch",
    code: `
@group(0) @binding(0) var<storage, read_write> to: array<u32>;
@group(0) @binding(1) var<storage, read> from_: array<u32>;
@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) at: vec3u) {
  if (at.x < ${bytes / 4}u) { to[at.x + ${toOffset / 4}u] = from_[at.x + ${
      fromOffset / 4
    }u]; }
}`,
    entryPoint: "main",
    bound: [
      { binding: 0, buffer: to, offset: 0, size: to.size },
      { binding: 1, buffer: from, offset: 0, size: from.size },
    ],
    groups: [groups, 1, 1],
  };
}
