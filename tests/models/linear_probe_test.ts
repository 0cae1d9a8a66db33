import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { stream } from "../../engine/define/random.ts";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { none } from "../../models/augmentations/none.ts";
import type { Device } from "../../models/device/device.ts";
import { predict } from "../../models/prediction/predict.ts";
import { resnet8 } from "../../models/resnet8.ts";
import { train } from "../../models/training/train.ts";
import type { TrainOptions } from "../../models/training/options.ts";
import type { Weights } from "../../models/model/weights.ts";
import { onEachDevice } from "./on_each_device.ts";
import {
  bits,
  memoryPlace,
  randomImages,
  tinyTraining,
} from "./training_fixture.ts";
import { inFull } from "../full.ts";

const HEAD = ["head.kernel", "head.bias"];
const network = { model: resnet8, modelOptions: { widths: [2, 2, 4] } };

function probe(
  device: Device,
  changes: Partial<TrainOptions> = {},
): TrainOptions {
  return tinyTraining(device, {
    ...network,
    trainable: "head",
    augmentation: cropAndMirror,
    optimizer: { name: "adamw", learningRate: 0.01, weightDecay: 0 },
    ...changes,
  });
}

function without(weights: Weights, names: readonly string[]): Weights {
  return Object.fromEntries(
    Object.entries(weights).filter(([name]) => !names.includes(name)),
  );
}

let training: Promise<Weights> | undefined;

/** Weights with batch-norm statistics that are those of no batch; made once, on whatever device asks first. */
function pretrained(device: Device): Promise<Weights> {
  return training ??= train(
    tinyTraining(device, { ...network, seed: 5, keepEpochs: [] }),
  ).then(({ final }) => final);
}

onEachDevice(
  "train() of the head leaves every other weight and statistic as it is",
  async (device) => {
    const from = await pretrained(device);
    const before = tf.memory().numTensors;
    const trained = await train(probe(device, { from }));
    const { final, average, epochs } = trained;
    assert.equal(tf.memory().numTensors, before);
    for (const weights of [final, average, epochs["2"] ?? {}]) {
      assert.deepEqual(
        bits(without(weights, HEAD)),
        bits(without(from, HEAD)),
      );
    }
    const start = await train(probe(device, { from, optimizer: still }));
    for (const name of HEAD) {
      assert.notDeepEqual(bits(final)[name], bits(start.final)[name]);
      assert.notDeepEqual(bits(average)[name], bits(final)[name]);
    }
  },
  { devices: ["cpu", "wasm", ...inFull("webgpu-software")] },
);

/** What does not depend on the device is tested on the fastest one that every machine has. */
const onWasm = { devices: ["wasm"] } as const;

const still = { name: "adamw", learningRate: 0, weightDecay: 0 } as const;

onEachDevice(
  "train() of the head follows the gradient of the loss in use",
  async (device) => {
    const from = await pretrained(device);
    const images = randomImages(12);
    const common = { images, from, carry: "all", augmentation: none } as const;
    const { final } = await train(probe(device, {
      ...common,
      optimizer: {
        name: "sgd",
        learningRate: 1,
        weightDecay: 0,
        momentum: 0,
      },
      steps: 1,
      batchSize: 12,
      warmup: 0,
      labelSmoothing: 0,
      clipNorm: 1e9,
      keepEpochs: [],
    }));
    // One step at rate 1 is minus the gradient of the mean loss, here from
    // predictions with running statistics, by central differences.
    const loss = async (weights: Weights): Promise<number> => {
      const logits = await predict({ ...network, weights, images, device });
      return meanLoss(logits, images.labels);
    };
    for (const name of HEAD) {
      const before = from[name]?.data ?? new Float32Array(0);
      const gradient = before.map((value, i) =>
        value - (final[name]?.data[i] ?? NaN)
      );
      const sizes = gradient.map(Math.abs);
      const index = sizes.indexOf(Math.max(...sizes));
      const expected = (await loss(moved(from, { name, index, by: 0.02 })) -
        await loss(moved(from, { name, index, by: -0.02 }))) / 0.04;
      const ratio = (gradient[index] ?? NaN) / expected;
      assert.ok(Math.abs(ratio - 1) < 5e-3, `${name}: ${ratio} of ${expected}`);
    }
  },
  { devices: ["cpu", "wasm", ...inFull("webgpu-software")] },
);

function moved(
  weights: Weights,
  { name, index, by }: {
    readonly name: string;
    readonly index: number;
    readonly by: number;
  },
): Weights {
  const { shape, data } = weights[name] ?? { shape: [], data: [] };
  const values = Float32Array.from(data);
  values[index] = (values[index] ?? NaN) + by;
  return { ...weights, [name]: { shape, data: values } };
}

function meanLoss(logits: Float32Array, labels: ArrayLike<number>): number {
  const classes = logits.length / labels.length;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const row = [...logits.subarray(i * classes, (i + 1) * classes)];
    const total = row.reduce((all, value) => all + Math.exp(value), 0);
    sum += Math.log(total) - (row[labels[i] ?? NaN] ?? NaN);
  }
  return sum / labels.length;
}

onEachDevice(
  "train() of the head decays it as the optimizer says",
  async (device) => {
    const from = await pretrained(device);
    const sgd = { name: "sgd", learningRate: 1, momentum: 0 } as const;
    const options = probe(device, { from, carry: "all", steps: 1, warmup: 0 });
    const [plain, decayed] = [
      await train({ ...options, optimizer: { ...sgd, weightDecay: 0 } }),
      await train({ ...options, optimizer: { ...sgd, weightDecay: 0.5 } }),
    ].map(({ final }) => final["head.kernel"]?.data ?? new Float32Array(0));
    const given = from["head.kernel"]?.data ?? new Float32Array(0);
    assert.equal(given.length, 12);
    given.forEach((value, i) => {
      const difference = (plain?.[i] ?? NaN) - (decayed?.[i] ?? NaN);
      assert.ok(Math.abs(difference - 0.5 * value) < 1e-6);
    });
  },
  onWasm,
);

onEachDevice("train() of the head augments its images", async (device) => {
  const from = await pretrained(device);
  const [cropped, plain] = [
    await train(probe(device, { from })),
    await train(probe(device, { from, augmentation: none })),
  ];
  assert.notDeepEqual(bits(cropped.final), bits(plain.final));
}, onWasm);

onEachDevice(
  "train() of the head goes on from a checkpoint to the same bytes",
  async (device) => {
    const options = probe(device, { from: await pretrained(device) });
    const whole = await train(options);
    const checkpoint = memoryPlace();
    const stop = new AbortController();
    await assert.rejects(
      train({
        ...options,
        checkpoint,
        signal: stop.signal,
        onProgress: ({ step }) => step === 6 && stop.abort(),
      }),
      { name: "AbortError" },
    );
    assert.equal(checkpoint.saved.length, 1);
    const steps: number[] = [];
    const resumed = await train({
      ...options,
      checkpoint,
      onProgress: ({ step }) => steps.push(step),
    });
    assert.equal(steps[0], 5);
    assert.deepEqual(bits(resumed.final), bits(whole.final));
    assert.deepEqual(bits(resumed.average), bits(whole.average));
    assert.deepEqual(resumed.history, whole.history);
  },
  onWasm,
);

onEachDevice(
  "train() fine-tunes on from the head of a linear probe",
  async (device) => {
    const from = await pretrained(device);
    const { final: probed } = await train(probe(device, { from }));
    const options = tinyTraining(device, {
      ...network,
      from: probed,
      carry: "all",
      optimizer: still,
    });
    const started = (await train(options)).final;
    for (const name of HEAD) {
      assert.equal(bits(started)[name], bits(probed)[name]);
    }
    const gentle = { ...still, learningRate: 1e-3 };
    const tuned = await train({ ...options, optimizer: gentle });
    const again = await train({ ...options, optimizer: gentle });
    assert.deepEqual(bits(tuned.final), bits(again.final));
    assert.notDeepEqual(bits(tuned.final), bits(started));
    // Without the probe's head the same fine-tuning ends elsewhere.
    const { carry: _, ...headless } = options;
    const other = await train({ ...headless, optimizer: gentle });
    assert.notDeepEqual(bits(tuned.final), bits(other.final));
  },
  onWasm,
);

onEachDevice(
  "train() takes every setting of a sweep of fine-tunings",
  async (device) => {
    const from = await pretrained(device);
    const random = stream(3, "sweep");
    for (
      const [weightDecay, batchSize] of [[0, 32], [0.05, 128], [0.3, 512]]
    ) {
      const n = 530 + random.integer(20);
      const steps: number[] = [];
      const { history } = await train(tinyTraining(device, {
        ...network,
        modelOptions: { widths: [2, 2, 4] },
        images: randomImages(n),
        from,
        optimizer: {
          name: "adamw",
          learningRate: 3e-4,
          weightDecay: Number(weightDecay),
        },
        batchSize: Number(batchSize),
        epochs: 1,
        keepEpochs: [],
        onProgress: ({ step }) => steps.push(step),
      }));
      // The last batch is dropped where it is not full.
      assert.equal(steps.at(-1), Math.floor(n / Number(batchSize)));
      assert.ok(Number.isFinite(history[0]?.loss));
    }
  },
  onWasm,
);
