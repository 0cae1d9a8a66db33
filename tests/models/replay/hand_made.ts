/**
 * Steps of a computation on the GPU, made by hand.
 *
 * @module
 */
import type {
  Command,
  Recording,
} from "../../../models/kernels/webgpu/gpu/recording.ts";

type Dispatch = Extract<Command, { kind: "dispatch" }>;

/** A storage buffer that holds these values. */
export function bufferOf(
  device: GPUDevice,
  values: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
): GPUBuffer {
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const buffer = device.createBuffer({
    size: values.byteLength,
    usage: STORAGE | UNIFORM | COPY_SRC | COPY_DST,
  });
  device.queue.writeBuffer(buffer, 0, values);
  return buffer;
}

/** A dispatch of `code`, whose entry point is `main`. */
export function dispatchOf(
  device: GPUDevice,
  { code, bound, groups = [1, 1, 1], entryPoint = "main" }: {
    readonly code: string;
    readonly bound: readonly (GPUBuffer | {
      readonly buffer: GPUBuffer;
      readonly offset: number;
      readonly size: number;
    })[];
    readonly groups?: readonly [number, number, number];
    readonly entryPoint?: string;
  },
): Dispatch {
  return {
    kind: "dispatch",
    code,
    entryPoint,
    pipeline: device.createComputePipeline({
      layout: "auto",
      compute: { module: device.createShaderModule({ code }), entryPoint },
    }),
    bound: bound.map((one, binding) =>
      "buffer" in one
        ? { binding, ...one }
        : { binding, buffer: one, offset: 0, size: one.size }
    ),
    groups,
  };
}

/** A recording of these commands. */
export function recordingOf(
  commands: readonly Command[],
  { frozen = [], dynamic = [] }: {
    readonly frozen?: readonly GPUBuffer[];
    readonly dynamic?: readonly GPUBuffer[];
  } = {},
): Recording {
  return { commands, frozen: new Set(frozen), dynamic: new Set(dynamic) };
}

/** Runs commands once. */
export function run(device: GPUDevice, commands: readonly Command[]): void {
  const encoder = device.createCommandEncoder();
  for (const command of commands) {
    if (command.kind === "copy") {
      const { from, fromOffset, to, toOffset, bytes } = command;
      encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, bytes);
      continue;
    }
    const pass = encoder.beginComputePass();
    pass.setPipeline(command.pipeline);
    const entries = command.bound.map(({ binding, ...resource }) => ({
      binding,
      resource,
    }));
    const layout = command.pipeline.getBindGroupLayout(0);
    pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(...command.groups);
    pass.end();
  }
  device.queue.submit([encoder.finish()]);
}

/** What a buffer holds, as floats. */
export async function read(
  device: GPUDevice,
  { buffer, offset = 0, bytes = buffer.size - offset }: {
    readonly buffer: GPUBuffer;
    readonly offset?: number;
    readonly bytes?: number;
  },
): Promise<readonly number[]> {
  const copy = device.createBuffer({
    size: bytes,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, offset, copy, 0, bytes);
  device.queue.submit([encoder.finish()]);
  await copy.mapAsync(GPUMapMode.READ);
  const values = [...new Float32Array(copy.getMappedRange().slice(0))];
  copy.destroy();
  return values;
}
