/**
 * What the device did in one step of a computation, as data: a list of
 * commands that can be run again.
 *
 * @module
 */

/** A range of a buffer that a dispatch binds. */
export interface BoundBuffer {
  readonly binding: number;
  readonly buffer: GPUBuffer;
  /** Start of the range in bytes. */
  readonly offset: number;
  /** Length of the range in bytes. */
  readonly size: number;
}

/** One command of a recorded step, in order. */
export type Command =
  | {
    readonly kind: "dispatch";
    /** WGSL of the program. */
    readonly code: string;
    readonly entryPoint: string;
    readonly pipeline: GPUComputePipeline;
    readonly bound: readonly BoundBuffer[];
    /** Number of workgroups on each axis. */
    readonly groups: readonly [number, number, number];
  }
  | {
    readonly kind: "copy";
    readonly from: GPUBuffer;
    readonly fromOffset: number;
    readonly to: GPUBuffer;
    readonly toOffset: number;
    readonly bytes: number;
  };

/** Everything the device did in one step. */
export interface Recording {
  readonly commands: readonly Command[];
  /** Buffers whose contents never change while the step is replayed: uniforms and constants. */
  readonly frozen: ReadonlySet<GPUBuffer>;
  /** Buffers that the host writes before each step (learning rate, step, position in the epoch). */
  readonly dynamic: ReadonlySet<GPUBuffer>;
}

/** The bindings of a WGSL program that it may write. */
function writtenBindings(code: string): ReadonlySet<number> {
  const declared = code.matchAll(
    /@group\(0\)\s*@binding\((\d+)\)\s*var\s*<\s*storage\s*,\s*read_write\s*>/g,
  );
  return new Set(Array.from(declared, ([, binding]) => Number(binding)));
}

/** The buffers that a command may write. */
export function writtenBuffers(command: Command): readonly GPUBuffer[] {
  if (command.kind === "copy") return [command.to];
  const written = writtenBindings(command.code);
  return command.bound.filter(({ binding }) => written.has(binding))
    .map(({ buffer }) => buffer);
}

/** All buffers that a command uses. */
export function usedBuffers(command: Command): readonly GPUBuffer[] {
  return command.kind === "copy"
    ? [command.from, command.to]
    : command.bound.map(({ buffer }) => buffer);
}
