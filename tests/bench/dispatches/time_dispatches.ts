/**
 * Times of the dispatches of a recorded step, by the clock of the device.
 *
 * @module
 */
import type {
  Command,
  Recording,
} from "../../../models/kernels/webgpu/gpu/recording.ts";

/** The feature of a device that can say when a pass began and ended. */
export const TIMESTAMPS = "timestamp-query" as const;

/** Times of a step. */
export interface StepTimes {
  /** Milliseconds of each dispatch: the median of the rounds. */
  readonly dispatches: readonly number[];
  /** Milliseconds of a whole step whose every dispatch is timed, by the clock of the host: the median. */
  readonly step: number;
}

/** Pairs of timestamps that a query set may hold. */
const PAIRS = 2048;

/** Runs a step `rounds` times, after one to warm up, and times its dispatches. */
export async function timeDispatches(
  device: GPUDevice,
  { commands }: Pick<Recording, "commands">,
  { rounds }: { readonly rounds: number },
): Promise<StepTimes> {
  const steps = commands.map((command) =>
    command.kind === "copy" ? command : {
      ...command,
      group: device.createBindGroup({
        layout: command.pipeline.getBindGroupLayout(0),
        entries: command.bound.map(({ binding, ...resource }) => ({
          binding,
          resource,
        })),
      }),
    }
  );
  const count = commands.filter(({ kind }) => kind === "dispatch").length;
  const sets = Array.from(
    { length: Math.ceil(count / PAIRS) },
    (_, i) =>
      device.createQuerySet({
        type: "timestamp",
        count: 2 * Math.min(PAIRS, count - i * PAIRS),
      }),
  );
  const resolved = device.createBuffer({
    size: 16 * count,
    usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
  });
  const read = device.createBuffer({
    size: 16 * count,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });

  function encode(encoder: GPUCommandEncoder): void {
    let place = 0;
    for (const step of steps) {
      if (!("group" in step)) {
        copy(encoder, step);
        continue;
      }
      const index = 2 * (place % PAIRS);
      const pass = encoder.beginComputePass({
        timestampWrites: {
          querySet: sets[Math.floor(place / PAIRS)] as GPUQuerySet,
          beginningOfPassWriteIndex: index,
          endOfPassWriteIndex: index + 1,
        },
      });
      pass.setPipeline(step.pipeline);
      pass.setBindGroup(0, step.group);
      pass.dispatchWorkgroups(...step.groups);
      pass.end();
      place++;
    }
    for (const [i, set] of sets.entries()) {
      encoder.resolveQuerySet(set, 0, set.count, resolved, 16 * PAIRS * i);
    }
    encoder.copyBufferToBuffer(resolved, 0, read, 0, read.size);
  }

  const rows: number[][] = [];
  const whole: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    const encoder = device.createCommandEncoder();
    encode(encoder);
    device.queue.submit([encoder.finish()]);
    await read.mapAsync(GPUMapMode.READ);
    const end = performance.now();
    const stamps = new BigUint64Array(read.getMappedRange().slice(0));
    read.unmap();
    if (round === 0) continue;
    whole.push(end - start);
    rows.push(
      Array.from(
        { length: count },
        (_, i) =>
          Number((stamps[2 * i + 1] as bigint) - (stamps[2 * i] as bigint)) /
          1e6,
      ),
    );
  }
  for (const one of [...sets, resolved, read]) one.destroy();
  return {
    dispatches: Array.from(
      { length: count },
      (_, i) => median(rows.map((row) => row[i] as number)),
    ),
    step: median(whole),
  };
}

function copy(
  encoder: GPUCommandEncoder,
  { from, fromOffset, to, toOffset, bytes }: Extract<Command, { kind: "copy" }>,
): void {
  encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, bytes);
}

/** The value in the middle, the lower of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? NaN;
}
