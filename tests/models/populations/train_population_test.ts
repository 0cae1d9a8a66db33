import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { Images } from "../../../data/images/images.ts";
import { cropAndMirror } from "../../../models/augmentations/crop_and_mirror.ts";
import type { Device } from "../../../models/device/device.ts";
import { resnet8 } from "../../../models/resnet8.ts";
import { train } from "../../../models/training/train.ts";
import { trainPopulation } from "../../../models/populations/train_population.ts";
import type {
  Trained,
  TrainOptions,
} from "../../../models/training/options.ts";
import { onEachDevice } from "../on_each_device.ts";
import {
  bits,
  memoryPlace,
  randomImages,
  tinyTraining,
} from "../training_fixture.ts";
import { inFull } from "../../full.ts";

const SOFTWARE = { devices: ["webgpu-software"] } as const;
const images = randomImages(34);
/** The same in other colours. */
const shifted: Images = {
  ...images,
  images: images.images.map((value) => 255 - value),
};

/** Three trainings of one shape: of other seeds, rates, warmups and images. */
function three(
  device: Device,
  changes: Partial<TrainOptions> = {},
): TrainOptions[] {
  const optimizer = (learningRate: number) =>
    ({ name: "adamw", learningRate, weightDecay: 0.05 }) as const;
  const differences: readonly Partial<TrainOptions>[] = [
    { seed: 1, optimizer: optimizer(0.01) },
    { seed: 2, optimizer: optimizer(0.03), warmup: 1 },
    { seed: 3, optimizer: optimizer(0.01), images: shifted },
  ];
  return differences.map((difference) =>
    tinyTraining(device, { images, ...changes, ...difference })
  );
}

/** A training of a small residual network, whose batch normalisation keeps statistics. */
function residual(device: Device, changes: Partial<TrainOptions>) {
  return tinyTraining(device, {
    model: resnet8,
    modelOptions: { widths: [4, 4, 4] },
    images,
    augmentation: cropAndMirror,
    steps: 3,
    keepEpochs: [],
    ...changes,
  });
}

/** A result as text by which it is compared to the bit. */
function exactly({ final, average, epochs, history }: Trained): unknown {
  const kept = Object.entries(epochs).map(([epoch, weights]) => [
    ...[epoch, bits(weights)],
  ]);
  return { final: bits(final), average: bits(average), kept, history };
}

function finished(ends: Awaited<ReturnType<typeof trainPopulation>>) {
  return ends.map((end) => {
    assert(end.status === "fulfilled", `${Object(end).reason}`);
    return exactly(end.value);
  });
}

onEachDevice(
  "trainPopulation() gives each network the bytes that it gets alone",
  async (device) => {
    const alone = [];
    for (const options of three(device)) alone.push(await train(options));
    const before = tf.memory();
    const together = await trainPopulation(three(device));
    assert.deepEqual(finished(together), alone.map(exactly));
    assert.equal(tf.memory().numTensors, before.numTensors);
    device.tick();
  },
  { devices: ["wasm", "webgpu-software"] },
);

onEachDevice(
  "trainPopulation() gives a residual network the bytes that it gets alone, from weights of another",
  async (device) => {
    const { final: from } = await train(residual(device, { seed: 9 }));
    const all = [1, 2].map((seed) => residual(device, { seed, from }));
    const alone = [];
    for (const options of all) alone.push(exactly(await train(options)));
    assert.deepEqual(finished(await trainPopulation(all)), alone);
    device.tick();
  },
  { devices: inFull("webgpu-software") },
);

onEachDevice(
  "trainPopulation() ends one training alone when its loss is not finite or it cannot start",
  async (device) => {
    const [first, second, third] = three(device);
    assert(first && second && third);
    const alone = await train(first);
    const from = structuredClone(alone.final) as Record<
      string,
      { data: Float32Array; shape: number[] }
    >;
    from["layer1.bias"]?.data.fill(NaN);
    const before = tf.memory().numTensors;
    const ends = await trainPopulation([
      { ...third, carry: "trunk" },
      { ...second, from },
      first,
    ]);
    assert.deepEqual(
      ends.map((end) => end.status === "rejected" && end.reason.message),
      [
        'Cannot carry over "trunk": there are no weights to start from',
        'Cannot go on training "mlp": the loss is NaN in epoch 1, step 1 of 4',
        false,
      ],
    );
    assert.deepEqual(finished(ends.slice(2)), [exactly(alone)]);
    assert.equal(tf.memory().numTensors, before);
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "trainPopulation() goes on from checkpoints to the same bytes when one is ahead of the others",
  async (device) => {
    const whole = finished(await trainPopulation(three(device)));
    const places = [memoryPlace(), memoryPlace(), memoryPlace()];
    const stop = new AbortController();
    const stopped = three(device).map((options, m): TrainOptions => ({
      ...options,
      checkpoint: places[m] ?? memoryPlace(),
      signal: stop.signal,
      onProgress({ epoch }) {
        if (m === 1 && epoch === 2) stop.abort(new Error("killed"));
      },
    }));
    const ends = await trainPopulation(stopped);
    assert.deepEqual(
      ends.map((end) => end.status === "rejected" && end.reason.message),
      ["killed", "killed", "killed"],
    );
    assert.deepEqual(places.map(({ saved }) => saved.length), [1, 1, 1]);
    // As if it had been killed between two checkpoints.
    const later = new AbortController();
    await assert.rejects(
      train({
        ...stopped[2] as TrainOptions,
        signal: later.signal,
        onProgress: ({ epoch }) =>
          epoch === 3 && later.abort(new Error("killed")),
      }),
      { message: "killed" },
    );
    assert.deepEqual(places.map(({ saved }) => saved.length), [1, 1, 2]);
    const resumed = await trainPopulation(
      three(device).map((options, m): TrainOptions => ({
        ...options,
        checkpoint: places[m] ?? memoryPlace(),
      })),
    );
    assert.deepEqual(finished(resumed), whole);
    device.tick();
  },
  { devices: inFull("webgpu-software") },
);

onEachDevice(
  "trainPopulation() trains networks of several shapes, each shape at once",
  async (device) => {
    const [first, second, third] = three(device);
    assert(first && second && third);
    const all = [first, { ...second, batchSize: 4 }, third];
    const alone = [];
    for (const options of all) alone.push(exactly(await train(options)));
    assert.deepEqual(finished(await trainPopulation(all)), alone);
    assert.deepEqual(await trainPopulation([]), []);
  },
  { devices: ["wasm"] },
);
