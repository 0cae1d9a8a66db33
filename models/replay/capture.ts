/**
 * Captures a step of tfjs operations on WebGPU, so that it can be replayed
 * without tfjs.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { Gpu } from "../kernels/webgpu/gpu/gpu.ts";
import {
  type Command,
  type Recording,
  usedBuffers,
} from "../kernels/webgpu/gpu/recording.ts";

/** A step that was captured. It holds its buffers until it is disposed. */
export interface CapturedStep {
  readonly recording: Recording;
  /** What the step gave; holds the output of the last step that was run. */
  readonly output: tf.Tensor;
  /** Frees the buffers that only the step uses, and the output. */
  dispose(): void;
}

/**
 * Runs `step` once and records what the device did.
 *
 * The recording repeats that very work: numbers that JavaScript computed on the
 * way stay as they were, except those written by `gpu.write`. What a step hands
 * to the next one must lie in `carried`; where an operation gave such a variable
 * another buffer, the recording ends with a copy back to the one it began with.
 *
 * @throws {Error} if the step did something that cannot be repeated
 */
export function captureStep(
  gpu: Gpu,
  { step, carried }: {
    readonly step: () => tf.Tensor;
    readonly carried: readonly tf.Variable[];
  },
): CapturedStep {
  const before = carried.map(gpu.bufferOf);
  gpu.flush(); // after that: what lay on the host until now is uploaded by a command
  gpu.tape.start();
  let output: tf.Tensor | undefined;
  let recording: Recording;
  try {
    output = step();
    gpu.flush();
  } finally {
    const back = carried.flatMap((variable, i) =>
      copyBack(gpu.bufferOf(variable), before[i] as GPUBuffer)
    );
    recording = gpu.tape.stop(back);
    if (back.length > 0) run(gpu.device, back);
  }
  const used = new Set(recording.commands.flatMap(usedBuffers));
  for (const buffer of recording.frozen) used.add(buffer);
  const own = [...used].filter((buffer) => {
    const place = gpu.claim(buffer);
    return place === "claimed" ||
      (place === "unknown" && recording.frozen.has(buffer));
  });
  return {
    recording,
    output,
    dispose() {
      output.dispose();
      for (const buffer of own) buffer.destroy();
    },
  };
}

function copyBack(from: GPUBuffer, to: GPUBuffer): readonly Command[] {
  return from === to ? [] : [{
    kind: "copy",
    from,
    fromOffset: 0,
    to,
    toOffset: 0,
    bytes: from.size,
  }];
}

function run(device: GPUDevice, commands: readonly Command[]): void {
  const encoder = device.createCommandEncoder();
  for (const command of commands) {
    if (command.kind !== "copy") continue;
    const { from, fromOffset, to, toOffset, bytes } = command;
    encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, bytes);
  }
  device.queue.submit([encoder.finish()]);
}
