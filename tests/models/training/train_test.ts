import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { define } from "../../../engine/define/definition.ts";
import type { Augmentation } from "../../../models/augmentations/augmentation.ts";
import { cropAndMirror } from "../../../models/augmentations/crop_and_mirror.ts";
import { none } from "../../../models/augmentations/none.ts";
import { chooseDevice } from "../../../models/device/choose_device.ts";
import { type Device, startDevice } from "../../../models/device/device.ts";
import { readWeights } from "../../../models/model/device_weights.ts";
import { everything, type Model } from "../../../models/model/model.ts";
import { mlp } from "../../../models/mlp.ts";
import { predict } from "../../../models/prediction/predict.ts";
import { resnet8 } from "../../../models/resnet8.ts";
import { train } from "../../../models/training/train.ts";
import type {
  Trained,
  TrainingProgress,
} from "../../../models/training/options.ts";
import { checkpoints } from "../../../models/model/weights.ts";
import { inFull } from "../../full.ts";
import { onEachDevice } from "../on_each_device.ts";
import {
  reference,
  referenceImages,
  referenceModel,
  referenceWeights,
} from "../resnet8_reference.ts";
import { relativeError } from "../relative_error.ts";
import {
  bits,
  memoryPlace,
  randomImages,
  tinyTraining,
} from "../training_fixture.ts";

const cpu = (): Promise<Device> => chooseDevice("cpu").then(startDevice);

/** A network is trained on a software GPU once; more is for `test:full`. */
const WITHOUT_GPU = {
  devices: ["cpu", "wasm", ...inFull("webgpu-software")],
} as const;

function same(a: Trained, b: Trained): void {
  assert.deepEqual(bits(a.final), bits(b.final));
  assert.deepEqual(bits(a.average), bits(b.average));
  assert.deepEqual(
    bits(Object.values(a.epochs)[0] ?? {}),
    bits(Object.values(b.epochs)[0] ?? {}),
  );
  assert.deepEqual(checkpoints.encode(a.epochs), checkpoints.encode(b.epochs));
  assert.deepEqual(a.history, b.history);
}

onEachDevice(
  "train() gives PyTorch's losses, weights, statistics and averages",
  async (device) => {
    const { history, final, average } = await train({
      model: referenceModel,
      images: referenceImages,
      augmentation: none,
      optimizer: { name: "adamw", learningRate: 0.01, weightDecay: 0.05 },
      epochs: 6, // of one step each
      batchSize: 6,
      warmup: 2,
      labelSmoothing: 0.1,
      clipNorm: 1,
      seed: 0,
      averageDecay: 0.7,
      device,
    });
    const losses = history.map(({ loss }) => loss);
    const error = relativeError(losses, reference("losses").data);
    assert.ok(error < 1e-5, `losses: ${error}`);
    for (const [group, weights] of Object.entries({ final, average })) {
      const expected = referenceWeights(group);
      assert.deepEqual(
        Object.keys(weights).sort(),
        Object.keys(expected).sort(),
      );
      for (const [name, { data }] of Object.entries(weights)) {
        const error = relativeError(data, reference(`${group}/${name}`).data);
        assert.ok(error < 1e-4, `${group} ${name}: ${error}`);
      }
    }
  },
);

onEachDevice("train() gives the same bytes twice", async (device) => {
  const options = tinyTraining(device, {
    model: resnet8,
    modelOptions: { widths: [2, 2, 4] },
    augmentation: cropAndMirror,
    epochs: 2,
    keepEpochs: [1],
  });
  same(await train(options), await train(options));
}, WITHOUT_GPU);

onEachDevice(
  "train() keeps no tensors, and none more per step",
  async (device) => {
    const before = tf.memory().numTensors;
    const counts: number[] = [];
    await train(tinyTraining(device, {
      model: resnet8,
      modelOptions: { widths: [2, 2, 4] },
      steps: 12,
      onProgress: () => counts.push(tf.memory().numTensors),
    }));
    assert.equal(tf.memory().numTensors, before);
    assert.equal(counts.length, 12);
    assert.equal(new Set(counts).size, 1, String(counts));
  },
  WITHOUT_GPU,
);

Deno.test("train() goes on from a checkpoint to the same bytes", async () => {
  const device = await cpu();
  for (
    const optimizer of [
      { name: "adamw", learningRate: 0.01, weightDecay: 0.05 },
      { name: "sgd", learningRate: 0.1, weightDecay: 0.01, momentum: 0.9 },
    ] as const
  ) {
    const options = tinyTraining(device, { optimizer, augmentation: none });
    const whole = await train(options);
    const checkpoint = memoryPlace();
    const stop = new AbortController();
    await assert.rejects(
      train({
        ...options,
        checkpoint,
        signal: stop.signal,
        onProgress: ({ step }) => step === 10 && stop.abort(),
      }),
      { name: "AbortError" },
    );
    assert.equal(checkpoint.saved.length, 2);
    const steps: number[] = [];
    const resumed = await train({
      ...options,
      checkpoint,
      onProgress: ({ step }) => steps.push(step),
    });
    assert.deepEqual(steps, [9, 10, 11, 12]);
    same(resumed, whole);
  }
});

Deno.test("train() resumes a finished training without a step", async () => {
  const device = await cpu();
  const checkpoint = memoryPlace();
  const options = tinyTraining(device, { checkpoint });
  const whole = await train(options);
  same(
    await train({ ...options, onProgress: () => assert.fail("a step") }),
    whole,
  );
});

Deno.test("train() saves a checkpoint every few epochs", async () => {
  const checkpoint = memoryPlace();
  await train(
    tinyTraining(await cpu(), { epochs: 5, checkpoint, checkpointEvery: 2 }),
  );
  assert.equal(checkpoint.saved.length, 2);
});

Deno.test("train() refuses the checkpoint of another training", async () => {
  const device = await cpu();
  const checkpoint = memoryPlace();
  await train(tinyTraining(device, { checkpoint }));
  const message =
    "Cannot resume the training: its checkpoint was made with other options, images, code or device; delete it to start anew";
  const images = randomImages(34);
  images.images[0] = 1;
  for (
    const change of [
      { epochs: 4 },
      { images },
      { seed: 2 },
      { trainable: "head" } as const,
    ]
  ) {
    await assert.rejects(
      train(tinyTraining(device, { checkpoint, ...change })),
      { name: "TypeError", message },
    );
  }
});

Deno.test("train() starts from the same weights and order whatever its length is", async () => {
  const device = await cpu();
  // A learning rate of 0 leaves the parameters as they began.
  const optimizer = { name: "adamw", learningRate: 0, weightDecay: 0 } as const;
  const long = await train(tinyTraining(device, { optimizer, epochs: 4 }));
  const short = await train(tinyTraining(device, { optimizer, epochs: 2 }));
  assert.deepEqual(bits(long.final), bits(short.final));
  assert.deepEqual(
    long.history.slice(0, 2).map(({ loss }) => loss),
    short.history.map(({ loss }) => loss),
  );
});

Deno.test("train() stops at a loss that is not finite and names the epoch and the step", async () => {
  const device = await cpu();
  let batch = 0;
  const poison: Augmentation = define(import.meta.url, "poison", {
    ...none,
    fill(values, options) {
      none.fill(values, options);
      if (++batch === 7) values.fill(NaN);
    },
  });
  const before = tf.memory().numTensors;
  await assert.rejects(train(tinyTraining(device, { augmentation: poison })), {
    message:
      'Cannot go on training "mlp": the loss is NaN in epoch 2, step 3 of 4',
  });
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("train() and predict() refuse a network that is for another number of classes", async () => {
  const device = await cpu();
  for (const change of [-1, 1]) {
    const model: Model = define(import.meta.url, "model", {
      ...mlp,
      create: (options) =>
        mlp.create({ ...options, classes: options.classes + change }),
    });
    const options = tinyTraining(device, { model });
    const refusal = {
      message:
        `Cannot use model "mlp" for 3 classes: no parameter of its head ends in 3; "head.kernel" has shape [6,${
          3 + change
        }], "head.bias" has shape [${3 + change}]`,
    };
    const before = tf.memory().numTensors;
    await assert.rejects(train(options), refusal);
    const { modelOptions = {}, images } = options;
    const network = await model.create({
      inputShape: images.shape,
      classes: 3,
      seed: 1,
      options: modelOptions,
    });
    const weights = await readWeights(everything(network));
    network.dispose();
    await assert.rejects(
      predict({ model, modelOptions, weights, images, device }),
      refusal,
    );
    assert.equal(tf.memory().numTensors, before);
  }
});

Deno.test("train() does not hand out weights that are not finite", async () => {
  const optimizer = {
    name: "sgd",
    learningRate: 1e38,
    weightDecay: 1e38,
    momentum: 0,
  } as const;
  await assert.rejects(
    train(tinyTraining(await cpu(), { optimizer, steps: 1 })),
    {
      message:
        'Cannot keep the weights of epoch 1: "layer1.kernel" has values that are not finite',
    },
  );
});

Deno.test("train() keeps the averaged weights of the epochs asked for", async () => {
  const { epochs, average } = await train(tinyTraining(await cpu()));
  assert.deepEqual(Object.keys(epochs), ["2", "3"]);
  assert.deepEqual(bits(epochs["3"] ?? {}), bits(average));
  assert.notDeepEqual(bits(epochs["2"] ?? {}), bits(average));
});

Deno.test("train() without averaging keeps the weights themselves", async () => {
  const { averageDecay: _, ...options } = tinyTraining(await cpu());
  const { epochs, average, final } = await train(options);
  assert.deepEqual(bits(average), bits(final));
  assert.deepEqual(bits(epochs["3"] ?? {}), bits(final));
});

Deno.test("train() takes over pre-trained weights, but not the head", async () => {
  const device = await cpu();
  const from = (await train(tinyTraining(device, { seed: 5 }))).final;
  const optimizer = { name: "adamw", learningRate: 0, weightDecay: 0 } as const;
  const tuned = await train(tinyTraining(device, { optimizer, from }));
  const fresh = await mlp.create({
    inputShape: [8, 8, 3],
    classes: 3,
    seed: 1,
    options: { width: 6, layers: 1 },
  });
  const untouched = await readWeights(fresh.parameters);
  fresh.dispose();
  const [got, old, initial] = [tuned.final, from, untouched].map(bits);
  assert.equal(got?.["layer1.kernel"], old?.["layer1.kernel"]);
  assert.equal(got?.["head.kernel"], initial?.["head.kernel"]);
});

Deno.test("train() refuses pre-trained weights of another network", async () => {
  const device = await cpu();
  const from = (await train(tinyTraining(device))).final;
  const before = tf.memory().numTensors;
  await assert.rejects(
    train(
      tinyTraining(device, { from, modelOptions: { width: 7, layers: 1 } }),
    ),
    {
      name: "TypeError",
      message:
        'Cannot set "layer1.kernel" of shape [192,7]: the weights have shape [192,6]',
    },
  );
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("train() learns", async () => {
  const { history } = await train(
    tinyTraining(await cpu(), { epochs: 20, labelSmoothing: 0 }),
  );
  const [first, last] = [history[0], history.at(-1)];
  assert.ok((last?.loss ?? NaN) < (first?.loss ?? NaN) / 4);
});

Deno.test("train() reports the progress of each step", async () => {
  const reports: TrainingProgress[] = [];
  await train(tinyTraining(await cpu(), {
    epochs: 1,
    onProgress: (progress) => reports.push(progress),
  }));
  assert.deepEqual(
    reports.map(({ loss: _, ...rest }) => rest),
    [1, 2, 3, 4].map((step) => ({
      epoch: 1,
      epochs: 1,
      step,
      steps: 4,
    })),
  );
});

onEachDevice(
  "train() reads back a few times an epoch, not every step",
  async (device) => {
    let readings = 0;
    const backend = tf.backend();
    const read = backend.read;
    const map = GPUBuffer.prototype.mapAsync;
    if (device.gpu === undefined) {
      backend.read = (data) => {
        readings++;
        return read.call(backend, data);
      };
    } else {
      GPUBuffer.prototype.mapAsync = function (...range) {
        readings++;
        return map.apply(this, range);
      };
    }
    try {
      const images = randomImages(8 * 12);
      await train(tinyTraining(device, { images, epochs: 1, keepEpochs: [] }));
    } finally {
      backend.read = read;
      GPUBuffer.prototype.mapAsync = map;
    }
    assert.equal(readings, 4 + 2); // the losses of 12 steps; final weights and averages
  },
);

Deno.test("train() stops between two steps when it is told to", async () => {
  const before = tf.memory().numTensors;
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(train(tinyTraining(await cpu(), { signal })), {
    message: "enough",
  });
  assert.equal(tf.memory().numTensors, before);
});
