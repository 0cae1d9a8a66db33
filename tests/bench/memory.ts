/**
 * Peak resident memory of a process that trains ResNet-8 on all 50,000 training
 * images of CIFAR-10, as a stage's worker does:
 *
 *     deno run -A tests/bench/memory.ts [--steps N] [--json]
 *
 * @module
 */
import { benchOptions } from "./bench_options.ts";
import { readCifar10 } from "../../data/datasets/cifar10.ts";
import { chooseDevice } from "../../models/device/choose_device.ts";
import { startDevice } from "../../models/device/device.ts";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { resnet8 } from "../../models/resnet8.ts";
import { train } from "../../models/training/train.ts";

const { values } = benchOptions({
  steps: { type: "string", default: "100" },
  json: { type: "boolean", default: false },
}, { numbers: ["steps"] });

const mebibytes = () => Math.round(Deno.memoryUsage().rss / 2 ** 20);

const device = await startDevice(await chooseDevice("wasm"));
const { train: images } = await readCifar10();
const afterReading = mebibytes();
let peak = afterReading;
await train({
  model: resnet8,
  images,
  augmentation: cropAndMirror,
  optimizer: { name: "adamw", learningRate: 3e-3, weightDecay: 0.05 },
  steps: Number(values.steps),
  batchSize: 128,
  warmup: 0.1,
  clipNorm: 1,
  averageDecay: 0.98,
  seed: 0,
  device,
  onProgress: () => {
    peak = Math.max(peak, mebibytes());
  },
});
const result = {
  images: images.labels.length,
  after_reading_mib: afterReading,
  peak_training_mib: Math.max(peak, mebibytes()),
};
const text = values.json
  ? JSON.stringify(result)
  : `${result.images} images: ${result.after_reading_mib} MiB after reading, at most ${result.peak_training_mib} MiB in training`;
await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
