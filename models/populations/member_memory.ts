/**
 * Where the buffers of a recorded step lie when several networks run it at
 * once.
 *
 * @module
 */
import {
  type Recording,
  usedBuffers,
  writtenBuffers,
} from "../kernels/webgpu/gpu/recording.ts";

/** Where a buffer of the recording lies. */
export type Place =
  /** One buffer that all members read. */
  | { readonly kind: "shared"; readonly buffer: GPUBuffer }
  /** One buffer; member m has the range that begins at m · strideBytes. */
  | {
    readonly kind: "sliced";
    readonly buffer: GPUBuffer;
    readonly strideBytes: number;
  }
  /** Each member has a buffer of its own: all together are too large to be bound at once. */
  | { readonly kind: "apart"; readonly buffers: readonly GPUBuffer[] };

/** A range of a buffer. */
export interface Range {
  readonly buffer: GPUBuffer;
  readonly offset: number;
}

/** The buffers of one network, in an order that is the same for all networks of one shape. */
export type OwnBuffers = readonly GPUBuffer[];

/** The memory of several members. */
export interface MemberMemory {
  /** Where a buffer of the recording lies. */
  placeOf(buffer: GPUBuffer): Place;
  /** Where member `member` has what lies in a buffer of the recording. */
  rangeOf(buffer: GPUBuffer, member: number): Range;
  /**
   * Where it has what the host writes into `buffer`: one of its own, or one of
   * the recording that the host writes before each step. `undefined` if the
   * buffer is neither, or the same for all.
   */
  writtenRangeOf(buffer: GPUBuffer, member: number): Range | undefined;
  /** Copies a member's own buffers into its ranges, but for what the host writes before each step. */
  load(member: number): void;
  /** Copies a member's ranges back into its own buffers, where the step writes them. */
  store(member: number): void;
  /** Bytes that were reserved. */
  readonly bytes: number;
  /** Frees the memory; the members' own buffers stay. */
  dispose(): void;
}

/** Where a range of a bound buffer may begin on every device. */
const ALIGNMENT = 256;

/** Most bytes that are copied side by side although no step writes them. */
const COPIED_BYTES = 2 ** 26;

/**
 * Plans the memory of `members` for a recording of a step of some network of
 * their shape.
 *
 * @param recorded the own buffers of the network that was recorded
 * @param members the own buffers of each member
 * @throws {TypeError} if the step reads a buffer of which it is not known whose it is
 */
export function planMemberMemory(
  device: GPUDevice,
  recording: Recording,
  { recorded, members, limits = device.limits }: {
    readonly recorded: OwnBuffers;
    readonly members: readonly OwnBuffers[];
    readonly limits?: Pick<
      GPUSupportedLimits,
      "maxStorageBufferBindingSize" | "maxBufferSize"
    >;
  },
): MemberMemory {
  const n = members.length;
  const most = Math.min(
    limits.maxStorageBufferBindingSize,
    limits.maxBufferSize,
  );
  const written = new Set(recording.commands.flatMap(writtenBuffers));
  const tails = tailsOf(recording);
  const made: GPUBuffer[] = [];
  const places = new Map<GPUBuffer, Place>();
  const owned: { readonly own: OwnBuffers; readonly place: Place }[] = [];

  const make = (size: number): GPUBuffer => {
    const { STORAGE, UNIFORM, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const usage = STORAGE | UNIFORM | COPY_SRC | COPY_DST;
    const buffer = device.createBuffer({ size, usage });
    made.push(buffer);
    return buffer;
  };

  function place(buffer: GPUBuffer): Place {
    if (recording.frozen.has(buffer)) return { kind: "shared", buffer };
    const at = recorded.indexOf(buffer);
    const own = at < 0 ? undefined : members.map((all) => all[at] as GPUBuffer);
    const isWritten = written.has(buffer);
    if (own === undefined && !isWritten && !recording.dynamic.has(buffer)) {
      throw new TypeError(
        `Cannot run a step for ${n} networks: it reads a buffer of ${buffer.size} bytes that is neither a network's nor constant`,
      );
    }
    const [first] = own ?? [];
    if (first !== undefined && !isWritten && own?.every((b) => b === first)) {
      return { kind: "shared", buffer: first };
    }
    const strideBytes = Math.ceil(buffer.size / ALIGNMENT) * ALIGNMENT;
    const total = n * strideBytes;
    const size = total + (tails.get(buffer) ?? 0);
    const isCopied = own === undefined || isWritten ||
      recording.dynamic.has(buffer) || (total <= COPIED_BYTES &&
        own.every(({ usage }) => (usage & GPUBufferUsage.COPY_SRC) !== 0));
    if (size > most || !isCopied) {
      return {
        kind: "apart",
        buffers: own ?? members.map(() => make(strideBytes)),
      };
    }
    const sliced = { kind: "sliced", buffer: make(size), strideBytes } as const;
    if (own !== undefined) owned.push({ own, place: sliced });
    return sliced;
  }

  for (const buffer of new Set(recording.commands.flatMap(usedBuffers))) {
    places.set(buffer, place(buffer));
  }

  const byOwn = members.map((all) =>
    new Map(all.map((buffer, i) => [buffer, recorded[i] as GPUBuffer]))
  );

  /** The ranges that have an own buffer to be copied from or to. */
  const copied = [...places].flatMap(([buffer, place]) => {
    const own = owned.find((one) => one.place === place)?.own;
    const isPlain = place.kind === "sliced" && !recording.dynamic.has(buffer);
    return own && isPlain ? [{ buffer, own, place }] : [];
  });

  function copy(member: number, direction: "in" | "out"): void {
    const encoder = device.createCommandEncoder();
    for (const { buffer, own, place } of copied) {
      const one = own[member] as GPUBuffer;
      const start = member * place.strideBytes;
      if (direction === "in") {
        encoder.copyBufferToBuffer(one, 0, place.buffer, start, one.size);
      } else if (written.has(buffer)) {
        encoder.copyBufferToBuffer(place.buffer, start, one, 0, one.size);
      }
    }
    device.queue.submit([encoder.finish()]);
  }

  return {
    placeOf: (buffer) => places.get(buffer) as Place,
    rangeOf: (buffer, member) =>
      rangeAt(places.get(buffer) as Place, { member }),
    writtenRangeOf(buffer, member) {
      // A buffer of its own may also be one that the recording uses for something else.
      const recordedOne = byOwn[member]?.get(buffer) ??
        (recording.dynamic.has(buffer) ? buffer : undefined);
      const place = recordedOne && places.get(recordedOne);
      return place === undefined || place.kind === "shared"
        ? undefined
        : rangeAt(place, { member });
    },
    load: (member) => copy(member, "in"),
    store: (member) => copy(member, "out"),
    bytes: made.reduce((sum, { size }) => sum + size, 0),
    dispose() {
      for (const buffer of made) buffer.destroy();
    },
  };
}

/** Highest offset at which each buffer is bound: what a binding of whole strides needs beyond the last one. */
function tailsOf({ commands }: Recording): ReadonlyMap<GPUBuffer, number> {
  const tails = new Map<GPUBuffer, number>();
  for (const command of commands) {
    if (command.kind !== "dispatch") continue;
    for (const { buffer, offset } of command.bound) {
      tails.set(buffer, Math.max(tails.get(buffer) ?? 0, offset));
    }
  }
  return tails;
}

function rangeAt(
  place: Place,
  { member }: { readonly member: number },
): Range {
  switch (place.kind) {
    case "shared":
      return { buffer: place.buffer, offset: 0 };
    case "sliced":
      return { buffer: place.buffer, offset: member * place.strideBytes };
    case "apart":
      return { buffer: place.buffers[member] as GPUBuffer, offset: 0 };
  }
}
