/**
 * A recorded step of one network, made to run for several networks of its
 * shape in one set of dispatches.
 *
 * @module
 */
import { type Programs, programsOf } from "../kernels/webgpu/gpu/programs.ts";
import { type BareDispatch, copyDispatch } from "./copy_dispatch.ts";
import {
  type MemberMemory,
  type OwnBuffers,
  planMemberMemory,
  type Range,
} from "./member_memory.ts";
import type {
  BoundBuffer,
  Command,
  Recording,
} from "../kernels/webgpu/gpu/recording.ts";
import { widen, type WidenedBinding } from "./widen.ts";

type Dispatch = Extract<Command, { kind: "dispatch" }>;

/** The limits of a device that decide what can be computed at once. */
export type PopulationLimits = Pick<
  GPUSupportedLimits,
  | "maxBufferSize"
  | "maxStorageBufferBindingSize"
  | "maxUniformBufferBindingSize"
  | "maxStorageBuffersPerShaderStage"
  | "maxComputeWorkgroupsPerDimension"
>;

/** Several networks that run one recorded step together. */
export interface Population {
  /** Number of networks. */
  readonly members: number;
  /** The step of all members, as a recording that can be replayed. */
  readonly commands: readonly Command[];
  /** Dispatches of the recording that became one for all members, that run once for each, and why those do. */
  readonly dispatches: {
    readonly widened: number;
    readonly looped: number;
    readonly reasons: readonly string[];
  };
  /** Bytes on the device that the members need together, but for what they own. */
  readonly bytes: number;
  /** Where a member has what lies in a buffer of the recording. */
  rangeOf(buffer: GPUBuffer, member: number): Range;
  /**
   * Where it has what the host writes into `buffer`: one of its own, or one of
   * the recording that the host writes before each step. `undefined` if the
   * buffer is neither, or the same for all.
   */
  writtenRangeOf(buffer: GPUBuffer, member: number): Range | undefined;
  /** Takes over what a member's own buffers hold, but for what the host writes before each step. */
  load(member: number): void;
  /** Gives back to a member's own buffers what the step changed. */
  store(member: number): void;
  /** Frees what was made for the members; their own buffers stay. */
  dispose(): void;
}

/**
 * Makes a population of `members` from a recording of a network of their
 * shape. Every buffer that is not the same for all gets a range a member;
 * programs are widened to compute all members at once, or run once for each
 * where that cannot be.
 *
 * @param recorded the own buffers of the network that was recorded: variables, state, feed
 * @param members the own buffers of each member, in the same order
 * @throws {TypeError} if the step reads a buffer of which it is not known whose it is
 */
export function openPopulation(
  device: GPUDevice,
  recording: Recording,
  options: {
    readonly recorded: OwnBuffers;
    readonly members: readonly OwnBuffers[];
    /** Limits to keep to; the device's where left out. */
    readonly limits?: PopulationLimits;
  },
): Population {
  const { limits = device.limits } = options;
  const memory = planMemberMemory(device, recording, { ...options, limits });
  const members = options.members.length;
  const programs = programsOf(device);
  const commands: Command[] = [];
  const reasons: string[] = [];
  let widened = 0;
  let looped = 0;
  const widenOne = (command: BareDispatch) =>
    widenDispatch(command, { programs, memory, members, limits });
  for (const command of recording.commands) {
    if (command.kind === "copy") {
      const mostGroups = limits.maxComputeWorkgroupsPerDimension;
      const dispatch = copyDispatch(command, { mostGroups });
      const one = dispatch && widenOne(dispatch);
      if (typeof one === "object") commands.push(one);
      else {for (const copy of copies(command, { memory, members })) {
          commands.push(copy);
        }}
      continue;
    }
    const one = widenOne(command);
    if (typeof one === "object") {
      commands.push(one);
      widened++;
    } else {
      for (const dispatch of loop(command, { memory, members })) {
        commands.push(dispatch);
      }
      reasons.push(one);
      looped++;
    }
  }
  return {
    members,
    commands,
    dispatches: { widened, looped, reasons: [...new Set(reasons)].sort() },
    bytes: memory.bytes,
    rangeOf: memory.rangeOf,
    writtenRangeOf: memory.writtenRangeOf,
    load: memory.load,
    store: memory.store,
    dispose: memory.dispose,
  };
}

/** The dispatch for all members at once, or why there is none. */
function widenDispatch(
  command: BareDispatch,
  { programs, memory, members, limits }: {
    readonly programs: Programs;
    readonly memory: MemberMemory;
    readonly members: number;
    readonly limits: PopulationLimits;
  },
): Dispatch | string {
  const { code, entryPoint, groups } = command;
  const [x, y, depth] = groups;
  if (depth * members > limits.maxComputeWorkgroupsPerDimension) {
    return "there are too many workgroups";
  }
  const bindings: WidenedBinding[] = [];
  const bound: BoundBuffer[] = [];
  for (const one of command.bound) {
    const place = memory.placeOf(one.buffer);
    if (place.kind === "apart") return "its buffers are too large together";
    const { buffer } = place;
    if (place.kind === "shared") {
      bound.push({ ...one, buffer });
    } else {
      const { strideBytes } = place;
      bindings.push({ binding: one.binding, strideBytes, bytes: one.size });
      bound.push({ ...one, buffer, size: members * strideBytes });
    }
  }
  if (bindings.length === 0) {
    const { pipeline } = programs.programOf(code, entryPoint);
    return { ...command, bound, pipeline };
  }
  const result = widen(code, {
    entryPoint,
    members,
    depth,
    bindings,
    uniformBytes: limits.maxUniformBufferBindingSize,
  });
  if (result.kind === "refused") return result.reason;
  const storage = result.code.match(/var\s*<\s*storage/g)?.length ?? 0;
  if (storage > limits.maxStorageBuffersPerShaderStage) {
    return "it would bind too many buffers";
  }
  return {
    ...command,
    code: result.code,
    pipeline: programs.programOf(result.code, entryPoint).pipeline,
    bound,
    groups: [x, y, depth * members],
  };
}

interface Members {
  readonly memory: MemberMemory;
  readonly members: number;
}

/** The dispatch as it is, once for each member. */
function loop(command: Dispatch, { memory, members }: Members): Dispatch[] {
  return Array.from({ length: members }, (_, member) => ({
    ...command,
    bound: command.bound.map((one) => {
      const { buffer, offset } = memory.rangeOf(one.buffer, member);
      return { ...one, buffer, offset: offset + one.offset };
    }),
  }));
}

function copies(
  command: Extract<Command, { kind: "copy" }>,
  { memory, members }: Members,
): readonly Command[] {
  return Array.from({ length: members }, (_, member) => {
    const from = memory.rangeOf(command.from, member);
    const to = memory.rangeOf(command.to, member);
    return {
      ...command,
      from: from.buffer,
      fromOffset: from.offset + command.fromOffset,
      to: to.buffer,
      toOffset: to.offset + command.toOffset,
    };
  });
}
