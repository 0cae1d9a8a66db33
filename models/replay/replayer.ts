/**
 * Runs a recorded step again and again, one submit a step.
 *
 * @module
 */
import type { Command, Recording } from "../kernels/webgpu/gpu/recording.ts";

/** A recorded step, ready to be run again. */
export interface Replayer {
  /** Steps whose outputs wait to be read. */
  readonly waiting: number;
  /** Runs the step once more, with what the small buffers hold now. */
  step(): void;
  /** Keeps the outputs of a step that was run by other means, as if it had been replayed. */
  keep(): void;
  /**
   * The outputs of the steps since the last reading: a row a step.
   *
   * @throws {Error} if the device was lost
   */
  read(): Promise<Float32Array>;
  /** Frees what the replayer made; the recording's buffers stay. */
  dispose(): void;
}

interface Encoded {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly groups: readonly [number, number, number];
}

/**
 * Makes a recording ready.
 *
 * @param outputs ranges that hold an output of every step, such as the loss; as float32
 * @param capacity most steps between two readings
 */
export function openReplayer(
  device: GPUDevice,
  recording: Pick<Recording, "commands">,
  { outputs, capacity }: {
    readonly outputs: readonly {
      readonly buffer: GPUBuffer;
      readonly offset: number;
      readonly bytes: number;
    }[];
    readonly capacity: number;
  },
): Replayer {
  const steps = recording.commands.map((command) =>
    command.kind === "copy" ? command : encoded(device, command)
  );
  const row = outputs.reduce((sum, { bytes }) => sum + bytes, 0);
  const rows = device.createBuffer({
    size: row === 0 ? 4 : row * capacity,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });
  let waiting = 0;

  function encode(encoder: GPUCommandEncoder): void {
    let pass: GPUComputePassEncoder | undefined;
    let pipeline: GPUComputePipeline | undefined;
    for (const step of steps) {
      if ("kind" in step) {
        pass?.end();
        pass = pipeline = undefined;
        const { from, fromOffset, to, toOffset, bytes } = step;
        encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, bytes);
        continue;
      }
      pass ??= encoder.beginComputePass();
      if (step.pipeline !== pipeline) {
        pipeline = step.pipeline;
        pass.setPipeline(pipeline);
      }
      pass.setBindGroup(0, step.group);
      pass.dispatchWorkgroups(...step.groups);
    }
    pass?.end();
  }

  /** Submits what `encode` encodes, and then the outputs' copies to their row. */
  function submit(encode: (encoder: GPUCommandEncoder) => void): void {
    if (waiting === capacity) {
      throw new RangeError(
        `Cannot replay a step: the outputs of ${capacity} steps wait to be read`,
      );
    }
    const encoder = device.createCommandEncoder();
    encode(encoder);
    let to = waiting * row;
    for (const { buffer, offset, bytes } of outputs) {
      encoder.copyBufferToBuffer(buffer, offset, rows, to, bytes);
      to += bytes;
    }
    device.queue.submit([encoder.finish()]);
    waiting++;
  }

  return {
    get waiting() {
      return waiting;
    },
    step: () => submit(encode),
    keep: () => submit(() => {}),
    async read() {
      const bytes = waiting * row;
      waiting = 0;
      if (bytes === 0) return new Float32Array();
      await rows.mapAsync(GPUMapMode.READ, 0, bytes);
      const values = new Float32Array(rows.getMappedRange(0, bytes).slice(0));
      rows.unmap();
      return values;
    },
    dispose: () => rows.destroy(),
  };
}

function encoded(
  device: GPUDevice,
  { pipeline, bound, groups }: Extract<Command, { kind: "dispatch" }>,
): Encoded {
  return {
    pipeline,
    groups,
    group: device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: bound.map(({ binding, ...resource }) => ({ binding, resource })),
    }),
  };
}
