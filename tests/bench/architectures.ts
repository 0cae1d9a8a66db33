/**
 * Trains residual networks of the given widths one after the other, in this
 * process, and prints what it holds at the end: a line of JSON.
 *
 *     deno run -A --v8-flags=--expose-gc tests/bench/architectures.ts 20 24 …
 *
 * @module
 */
import { benchOptions } from "./bench_options.ts";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { chooseDevice } from "../../models/device/choose_device.ts";
import { startDevice } from "../../models/device/device.ts";
import { resnet8 } from "../../models/resnet8.ts";
import { train } from "../../models/training/train.ts";
import { randomImages } from "../models/training_fixture.ts";
import { heldNow } from "./held_now.ts";

const { values, positionals } = benchOptions({
  device: { type: "string", default: "webgpu-software" },
}, { positionals: true });
const device = await startDevice(
  await chooseDevice(values.device as "webgpu" | "webgpu-software"),
);
for (const width of positionals.map(Number)) {
  await train({
    model: resnet8,
    modelOptions: { widths: [8, 16, width] },
    device,
    images: randomImages(64),
    augmentation: cropAndMirror,
    seed: 1,
    optimizer: { name: "adamw", learningRate: 0.01, weightDecay: 0.05 },
    epochs: 2,
    batchSize: 16,
    warmup: 1,
    averageDecay: 0.9,
  });
}
Deno.stdout.writeSync(
  new TextEncoder().encode(`${JSON.stringify(heldNow())}\n`),
);
