import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { Matrix } from "ml-matrix";
import type { Images } from "../../../data/images/images.ts";
import { stream } from "../../../engine/define/random.ts";
import type { Device } from "../../../models/device/device.ts";
import { use } from "../../models/kernels/on_kernels.ts";
import { NO_HALF_PRECISION } from "../../models/half_precision_here.ts";
import { onEachDevice } from "../../models/on_each_device.ts";
import { mirroredAccuracy } from "./evaluate.ts";
import { speedNetwork } from "./network.ts";
import { shareOfPeak, slowShare } from "./schedule.ts";
import { speedTrain } from "./train.ts";
import { alternatingFlips, translate } from "./translate.ts";
import { EPSILON, patchCovariance, whiteningFilters } from "./whitening.ts";

/** Images in two classes of different brightness, neighbours alike. */
function someImages(n: number): Images {
  const random = stream(3, "speedrun images");
  const labels = Uint8Array.from({ length: n }, (_, i) => i % 2);
  const size = 32 * 32 * 3;
  const images = new Uint8Array(n * size);
  for (let i = 0; i < images.length; i++) {
    const before = i % size < 3 ? 60 : images[i - 3] as number;
    const base = 60 + 90 * (labels[Math.floor(i / size)] as number);
    images[i] = Math.round(
      0.6 * before + 0.4 * base + random.integer(40) - 20,
    );
  }
  return { images, labels, shape: [32, 32, 3], classes: ["dark", "bright"] };
}

Deno.test("whiteningFilters() make patches uncorrelated and of variance λ / (λ + ε)", () => {
  const images = someImages(20);
  const covariance = patchCovariance(images);
  const { shape, values } = whiteningFilters(images);
  assert.deepEqual(shape, [2, 2, 3, 24]);
  const filters = new Matrix(12, 12);
  for (let k = 0; k < 12; k++) {
    for (let d = 0; d < 12; d++) {
      filters.set(k, d, values[k * 24 + d] as number);
      assert.equal(values[k * 24 + 12 + d], -(values[k * 24 + d] as number));
    }
  }
  const whitened = filters.transpose().mmul(covariance).mmul(filters);
  // |filter|² is 1 / (λ + ε) and its variance λ / (λ + ε).
  for (let a = 0; a < 12; a++) {
    const squares = filters.getColumn(a).reduce((sum, v) => sum + v * v, 0);
    for (let b = 0; b < 12; b++) {
      const expected = a === b ? 1 - EPSILON * squares : 0;
      assert(Math.abs(whitened.get(a, b) - expected) < 1e-4);
    }
  }
});

Deno.test("patchCovariance() is that of the patches, channel by channel", () => {
  // One row of two patches: every position has two values.
  const images: Images = {
    images: Uint8Array.from({ length: 18 }, (_, i) => 10 * i),
    labels: Uint8Array.of(0),
    shape: [2, 3, 3],
    classes: ["a"],
  };
  const covariance = patchCovariance(images);
  // From a column to the next each value grows by 30; n − 1 is 1.
  const red = 30 / 255 / 0.247;
  const blue = 30 / 255 / 0.2616;
  assert(Math.abs(covariance.get(0, 0) - red ** 2 / 2) < 1e-12);
  assert(Math.abs(covariance.get(3, 8) - red * blue / 2) < 1e-12);
});

Deno.test("alternatingFlips() mirror some images in one set and the others in the other", () => {
  const images: Images = {
    images: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    labels: Uint8Array.of(0, 0),
    shape: [1, 4, 1],
    classes: ["a"],
  };
  const [odd, even] = alternatingFlips(images, { mirrored: (i) => i === 1 });
  assert.deepEqual([...odd.images], [1, 2, 3, 4, 8, 7, 6, 5]);
  assert.deepEqual([...even.images], [4, 3, 2, 1, 5, 6, 7, 8]);
});

Deno.test("translate.fill() moves an image and mirrors what comes in", () => {
  const row = [10, 20, 30, 40, 50];
  const images: Images = {
    images: Uint8Array.from([...row, ...row, ...row, ...row, ...row]),
    labels: Uint8Array.of(0),
    shape: [5, 5, 1],
    classes: ["a"],
  };
  const batch = new Float32Array(25);
  translate.fill(batch, { from: images, indices: [0], draw: () => 0 });
  const moved = [...batch.subarray(0, 5)].map((v) => Math.round(255 * v));
  assert.deepEqual(moved, [30, 20, 10, 20, 30]);
});

Deno.test("shareOfPeak() rises to 1 and falls; slowShare() rises with the third power", () => {
  assert.equal(shareOfPeak(0, 100), 0.2);
  assert.equal(shareOfPeak(23, 100), 1);
  assert(Math.abs(shareOfPeak(100, 100) - 0.07) < 1e-12);
  assert.equal(slowShare(0, 100), 0);
  assert(Math.abs(slowShare(50, 100) - 0.95 ** 5 / 8) < 1e-12);
});

async function run(
  device: Device,
  { replay, widths = [8, 12, 16] }: {
    readonly replay: boolean;
    readonly widths?: readonly number[];
  },
): Promise<{ readonly losses: number[]; readonly accuracy: number }> {
  const images = someImages(48);
  const losses: number[] = [];
  const network = speedNetwork(whiteningFilters(images), {
    classes: 2,
    seed: 0,
    widths,
  });
  const steps = await speedTrain(network, {
    images,
    epochs: 4.5,
    batchSize: 16,
    seed: 0,
    device,
    replay,
    onLosses: (more) => losses.push(...more),
  });
  assert.equal(steps, 14);
  const accuracy = await mirroredAccuracy(network, { images, batchSize: 24 });
  network.dispose();
  return { losses, accuracy };
}

onEachDevice(
  "speedTrain() learns to tell dark from bright images",
  async (device) => {
    const before = tf.memory().numTensors;
    const replayed = await run(device, { replay: true });
    assert.equal(replayed.losses.length, 14);
    assert((replayed.losses.at(-1) as number) < 0.65, `${replayed.losses}`);
    assert(replayed.accuracy > 0.9, `${replayed.accuracy}`);
    assert.deepEqual(await run(device, { replay: false }), replayed);
    assert.equal(tf.memory().numTensors, before);
    device.tick();
  },
  { devices: ["wasm", "webgpu-software"] },
);

onEachDevice(
  "speedTrain() learns in half precision with the kernels for GPUs",
  async (device) => {
    const gpu = use("hardware", device.gpu?.tape);
    gpu.precision = "half";
    const { losses, accuracy } = await run({ ...device, gpu }, {
      replay: true,
      widths: [32, 32, 32], // enough for tiles
    });
    use("software");
    assert((losses.at(-1) as number) < 0.65, `${losses}`);
    assert(accuracy > 0.9, `${accuracy}`);
    device.tick();
  },
  { devices: ["webgpu-software"], lacks: NO_HALF_PRECISION },
);
