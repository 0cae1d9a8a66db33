/**
 * Images a second of one process, by CPU time, for networks of four sizes:
 * training, training of the head alone, prediction.
 *
 *     deno run -A tests/bench/predict.ts [--side N] [--json FILE]
 *
 * Best of several stretches; images are 16 × 16, as in the experiments, unless
 * told otherwise. CPU time changes less than the clock with what else
 * the machine does, but two busy hyperthreads of a core still slow each other.
 *
 * @module
 */
import process from "node:process";
import { benchOptions } from "./bench_options.ts";
import { stream } from "../../engine/define/random.ts";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { chooseDevice } from "../../models/device/choose_device.ts";
import { startDevice } from "../../models/device/device.ts";
import { predict } from "../../models/prediction/predict.ts";
import { resnet8 } from "../../models/resnet8.ts";
import { train } from "../../models/training/train.ts";
import type { Weights } from "../../models/model/weights.ts";

const { values } = benchOptions({
  json: { type: "string" },
  side: { type: "string", default: "16" },
}, { numbers: ["side"] });
const side = Number(values.side);

/** About as many as a test set has: to open a network takes a fixed time. */
const N = 128 * 80;
const random = stream(0, "benchmark");
const images = {
  images: Uint8Array.from(
    { length: N * side * side * 3 },
    () => random.integer(256),
  ),
  labels: Uint8Array.from({ length: N }, () => random.integer(10)),
  shape: [side, side, 3] as const,
  classes: Array.from({ length: 10 }, (_, i) => String(i)),
};
const device = await startDevice(await chooseDevice("wasm"));

/** Milliseconds of CPU time. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function trainAt(
  widths: readonly number[],
  trainable: "all" | "head",
): Promise<{ readonly speed: number; readonly final: Weights }> {
  const batchSize = 128;
  const speeds: number[] = [];
  let last = { step: 0, time: now() };
  const { final } = await train({
    model: resnet8,
    modelOptions: { widths },
    images,
    augmentation: cropAndMirror,
    optimizer: { name: "adamw", learningRate: 1e-3, weightDecay: 0.05 },
    epochs: 1,
    batchSize,
    warmup: 0.5,
    clipNorm: 1,
    averageDecay: 0.98,
    seed: 0,
    trainable,
    device,
    onProgress({ step }) {
      const time = now();
      speeds.push((step - last.step) * batchSize / (time - last.time) * 1000);
      last = { step, time };
    },
  });
  return { speed: Math.max(...speeds), final };
}

const rows: Record<string, unknown>[] = [];
for (
  const widths of [[16, 32, 64], [12, 24, 48], [8, 24, 48], [8, 16, 32]]
) {
  const { speed, final: weights } = await trainAt(widths, "all");
  const head = await trainAt(widths, "head");
  const options = { model: resnet8, modelOptions: { widths } };
  let forward = 0;
  for (let i = 0; i < 3; i++) {
    const start = now();
    await predict({ ...options, weights, images, device });
    forward = Math.max(forward, N / (now() - start) * 1000);
  }
  const row = {
    widths,
    train: Math.round(speed),
    head: Math.round(head.speed),
    predict: Math.round(forward),
    predict_to_train: Number((forward / speed).toFixed(2)),
  };
  rows.push(row);
  await Deno.stdout.write(
    new TextEncoder().encode(`${JSON.stringify(row)}\n`),
  );
}
if (values.json !== undefined) {
  await Deno.writeTextFile(values.json, JSON.stringify(rows, null, 2));
}
