/**
 * What the host writes for the members of a population before a step, gathered
 * into one write a buffer.
 *
 * @module
 */
import type { Range } from "./member_memory.ts";
import type { Population } from "./population.ts";

/** Writes that wait for the next step. */
export interface MemberWrites {
  /** Takes what member `member` writes into a buffer of the recording or of its own; `false` if it is of neither. */
  take(
    member: number,
    { buffer, values }: {
      readonly buffer: GPUBuffer;
      readonly values: ArrayBufferView<ArrayBuffer>;
    },
  ): boolean;
  /** Writes everything to the device. */
  flush(): void;
}

interface Waiting {
  /** What the buffer holds, as far as the host wrote it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Members that have written here at any time. */
  readonly writers: Set<number>;
  /** Ranges that changed, from and to. */
  changed: (readonly [from: number, to: number])[];
}

/**
 * Gathers writes for the members of a population. A member always writes as
 * much of a buffer as it did the first time.
 */
export function memberWrites(
  { queue }: Pick<GPUDevice, "queue">,
  { writtenRangeOf, members }: Pick<Population, "writtenRangeOf" | "members">,
): MemberWrites {
  const all = new Map<GPUBuffer, Waiting>();

  function waitingFor({ buffer }: Range): Waiting {
    let waiting = all.get(buffer);
    if (waiting === undefined) {
      const bytes = new Uint8Array(buffer.size);
      waiting = { bytes, writers: new Set(), changed: [] };
      all.set(buffer, waiting);
    }
    return waiting;
  }

  return {
    take(member, { buffer, values }) {
      const range = writtenRangeOf(buffer, member);
      if (range === undefined) return false;
      const { bytes, writers, changed } = waitingFor(range);
      const { offset } = range;
      bytes.set(
        new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
        offset,
      );
      writers.add(member);
      changed.push([offset, offset + values.byteLength]);
      return true;
    },
    flush() {
      for (const [buffer, waiting] of all) {
        const { bytes, writers, changed } = waiting;
        if (changed.length === 0) continue;
        // Each write costs as much as a short dispatch: one that spans all, once the host knows what lies between.
        const ranges = writers.size < members ? changed : [
          [
            changed.reduce((a, [from]) => Math.min(a, from), Infinity),
            changed.reduce((a, [, to]) => Math.max(a, to), 0),
          ] as const,
        ];
        for (const [from, to] of ranges) {
          queue.writeBuffer(buffer, from, bytes, from, to - from);
        }
        waiting.changed = [];
      }
    },
  };
}
