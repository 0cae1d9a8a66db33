/**
 * Whether a process that computes on WebGPU grows: 100,000 dispatches computed
 * by tfjs and as many replayed, then ten architectures in turn.
 *
 *     deno run -A --v8-flags=--expose-gc tests/bench/growth.ts [--dispatches N]
 *
 * Prints resident memory, memory mappings (a driver that computes on the CPU
 * holds one for each live bind group) and the bytes of tfjs's buffers.
 *
 * @module
 */
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { chooseDevice, startDevice } from "../../models/device.ts";
import { captureStep } from "../../models/replay/capture.ts";
import { openReplayer } from "../../models/replay/replayer.ts";
import { resnet8 } from "../../models/resnet8.ts";
import { train } from "../../models/train.ts";
import { randomImages } from "../models/training_fixture.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    dispatches: { type: "string", default: "100000" },
    device: { type: "string", default: "webgpu-software" },
  },
});
const DISPATCHES = Number(values.dispatches);
const device = await startDevice(
  await chooseDevice(values.device as "webgpu" | "webgpu-software"),
);
const { gpu } = device;
if (gpu === undefined) {
  throw new Error(`Cannot measure growth: "${device.name}" is no GPU`);
}

/** Collects garbage, so that what is counted is what is held. */
const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});

function report(what: string): void {
  collect();
  const maps = Deno.readTextFileSync("/proc/self/maps").split("\n").length - 1;
  const rss = Math.round(Deno.memoryUsage().rss / 2 ** 20);
  const { numBytesAllocated } = (tf.backend() as unknown as {
    readonly bufferManager: { readonly numBytesAllocated: number };
  }).bufferManager;
  Deno.stdout.writeSync(new TextEncoder().encode(
    `${
      what.padEnd(40)
    } ${rss} MiB resident, ${maps} mappings, ${numBytesAllocated} bytes of buffers\n`,
  ));
}

/** A chain of operations, each of one dispatch at least. */
const CHAIN = 50;
const variable = tf.tidy(() => tf.variable(tf.ones([64])));
function chain(): tf.Tensor {
  return tf.tidy(() => {
    let y: tf.Tensor = variable;
    for (let i = 0; i < CHAIN; i++) y = i % 2 === 0 ? tf.neg(y) : tf.sin(y);
    variable.assign(y as tf.Tensor1D);
    return tf.sum(y);
  });
}

report("started");
for (let i = 1; i <= DISPATCHES / CHAIN; i++) {
  chain().dispose();
  device.tick();
  if (i % 100 === 0) await gpu.device.queue.onSubmittedWorkDone();
  if (i % (DISPATCHES / CHAIN / 4) === 0) {
    report(`${i * CHAIN} dispatches by tfjs`);
  }
}

const captured = captureStep(gpu, { step: chain, carried: [variable] });
const replayer = openReplayer(gpu.device, captured.recording, {
  outputs: [],
  capacity: Infinity,
});
for (let i = 1; i <= DISPATCHES / CHAIN; i++) {
  replayer.step();
  device.tick();
  if (i % 100 === 0) await gpu.device.queue.onSubmittedWorkDone();
  if (i % (DISPATCHES / CHAIN / 4) === 0) {
    report(`${i * CHAIN} dispatches replayed`);
  }
}
replayer.dispose();
captured.dispose();
variable.dispose();

/** A short training of a network with its last block `width` channels wide. */
async function trainOne(width: number): Promise<void> {
  await train({
    ...{ model: resnet8, modelOptions: { widths: [8, 16, width] }, device },
    ...{ images: randomImages(64), augmentation: cropAndMirror, seed: 1 },
    optimizer: { name: "adamw", learningRate: 0.01, weightDecay: 0.05 },
    ...{ epochs: 2, batchSize: 16, warmup: 1, averageDecay: 0.9 },
  });
}

for (let i = 0; i < 3; i++) {
  await trainOne(16);
  report("one architecture");
}
for (let i = 1; i <= 10; i++) {
  await trainOne(16 + 4 * i);
  report(`architecture ${i} of 10`);
}
for (let i = 0; i < 3; i++) {
  await trainOne(16);
  report("the first one again");
}
device.dispose();
