/**
 * A tiny training that takes milliseconds.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";
import { stream } from "../../engine/define/random.ts";
import { none } from "../../models/augmentations/none.ts";
import type { Device } from "../../models/device/device.ts";
import { mlp } from "../../models/mlp.ts";
import type {
  CheckpointPlace,
  TrainOptions,
} from "../../models/training/options.ts";
import type { Weights } from "../../models/model/weights.ts";

/** `n` random images of 8×8 pixels in three classes; the classes differ in brightness. */
export function randomImages(n: number): Images {
  const random = stream(7, "test images");
  const labels = Uint8Array.from({ length: n }, (_, i) => i % 3);
  const size = 8 * 8 * 3;
  const images = Uint8Array.from(
    { length: n * size },
    (_, i) =>
      60 * (labels[Math.floor(i / size)] as number) + random.integer(120),
  );
  return { images, labels, shape: [8, 8, 3], classes: ["a", "b", "c"] };
}

/** Three epochs of four steps of a small perceptron, with everything switched on; or as many steps as `changes` says. */
export function tinyTraining(
  device: Device,
  changes: Partial<TrainOptions> = {},
): TrainOptions {
  return {
    model: mlp,
    modelOptions: { width: 6, layers: 1 },
    images: randomImages(34),
    augmentation: none,
    optimizer: { name: "adamw", learningRate: 0.01, weightDecay: 0.05 },
    ...(changes.steps === undefined ? { epochs: 3 } : {}),
    batchSize: 8,
    warmup: 0.5,
    labelSmoothing: 0.1,
    clipNorm: 1,
    seed: 1,
    averageDecay: 0.9,
    keepEpochs: [2, 3],
    device,
    ...changes,
  };
}

/** A checkpoint in memory, and how often it was saved. */
export function memoryPlace(): CheckpointPlace & { saved: Uint8Array[] } {
  const saved: Uint8Array[] = [];
  return {
    saved,
    load: () => Promise.resolve(saved.at(-1)),
    save: (bytes) => {
      saved.push(bytes);
      return Promise.resolve();
    },
  };
}

/** Weights as plain bytes by name, for comparison to the bit. */
export function bits(weights: Weights): Record<string, string> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, { data }]) => [
      name,
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength).toHex(),
    ]),
  );
}
