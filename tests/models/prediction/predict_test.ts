import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { stream } from "../../../engine/define/random.ts";
import { chooseDevice } from "../../../models/device/choose_device.ts";
import { startDevice } from "../../../models/device/device.ts";
import { readWeights } from "../../../models/model/device_weights.ts";
import { predict } from "../../../models/prediction/predict.ts";
import { resnet8 } from "../../../models/resnet8.ts";
import { everything } from "../../../models/model/model.ts";
import { none } from "../../../models/augmentations/none.ts";
import { train } from "../../../models/training/train.ts";
import { onCpu } from "../on_cpu.ts";
import { onEachDevice } from "../on_each_device.ts";
import {
  reference,
  referenceImages,
  referenceModel,
  referenceWeights,
} from "../resnet8_reference.ts";
import { relativeError } from "../relative_error.ts";
import { randomImages } from "../training_fixture.ts";
import { inFull } from "../../full.ts";

const weights = referenceWeights("average");

const ON_PROCESSOR = {
  devices: ["cpu", "wasm", ...inFull("webgpu-software")],
} as const;

onEachDevice(
  "predict() gives PyTorch's logits, with running statistics",
  async (device) => {
    const before = tf.memory().numTensors;
    const logits = await predict({
      model: referenceModel,
      weights,
      images: referenceImages,
      batchSize: 4,
      device,
    });
    const error = relativeError(logits, reference("average_logits").data);
    assert.ok(error < 1e-5, String(error));
    assert.equal(tf.memory().numTensors, before);
  },
);

onEachDevice(
  "predict() gives nearly the same logits whatever the batch size",
  async (device) => {
    const options = {
      model: referenceModel,
      weights,
      images: referenceImages,
      device,
    };
    const whole = await predict(options);
    const single = await predict({ ...options, batchSize: 1 });
    assert.ok(relativeError(single, whole) < 1e-6);
  },
  ON_PROCESSOR,
);

Deno.test("predict() gives the logits of tfjs's own kernels on wasm at full width", async () => {
  const random = stream(11, "full width");
  const images = {
    images: Uint8Array.from(
      { length: 12 * 32 * 32 * 3 },
      () => random.integer(256),
    ),
    labels: new Uint8Array(12),
    shape: [32, 32, 3] as const,
    classes: ["a", "b", "c", "d", "e"],
  };
  const cpu = await onCpu();
  const network = await resnet8.create({
    inputShape: images.shape,
    classes: 5,
    seed: 3,
  });
  const initial = await readWeights(everything(network));
  network.dispose();
  // Statistics, scales and offsets as training might leave them.
  const weights = Object.fromEntries(
    Object.entries(initial).map(([name, { shape, data }]) => [
      name,
      {
        shape,
        data: data.map((value) =>
          shape.length > 1
            ? value
            : value + (value === 0 ? 0.2 : 0.5) * random.uniform()
        ),
      },
    ]),
  );
  const options = { model: resnet8, weights, images };
  const expected = await predict({ ...options, device: cpu });
  const wasm = await startDevice(await chooseDevice("wasm"));
  const logits = await predict({ ...options, device: wasm });
  const error = relativeError(logits, expected);
  assert.ok(error < 1e-5, String(error));
});

Deno.test("predict() reads many batches in order", async () => {
  const device = await onCpu();
  const images = { ...randomImages(40), classes: referenceImages.classes };
  const options = { model: referenceModel, weights, images, device };
  const error = relativeError(
    await predict({ ...options, batchSize: 2 }),
    await predict(options),
  );
  assert.ok(error < 1e-6, String(error));
});

Deno.test("predict() refuses logits that are not finite and names the image", async () => {
  const device = await onCpu();
  const bias = { shape: [5], data: new Float32Array(5).fill(Infinity) };
  await assert.rejects(
    predict({
      model: referenceModel,
      weights: { ...weights, "head.bias": bias },
      images: referenceImages,
      device,
    }),
    {
      message:
        'Cannot predict with "resnet8": the logits of image 0 are not finite',
    },
  );
});

Deno.test("predict() refuses weights without batch-norm statistics", async () => {
  const device = await onCpu();
  const { ["block1.norm1.mean"]: _, ...rest } = weights;
  const before = tf.memory().numTensors;
  await assert.rejects(
    predict({
      model: referenceModel,
      weights: rest,
      images: referenceImages,
      device,
    }),
    {
      name: "TypeError",
      message:
        'Cannot set "block1.norm1.mean" of shape [4]: the weights have no such array',
    },
  );
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("predict() stops between batches when it is told to", async () => {
  const device = await onCpu();
  await assert.rejects(
    predict({
      model: referenceModel,
      weights,
      images: referenceImages,
      device,
      signal: AbortSignal.abort(new Error("enough")),
    }),
    { message: "enough" },
  );
});

onEachDevice(
  "predict() gives PyTorch's logits for the weights that train() made",
  async (device) => {
    const images = referenceImages;
    const { average } = await train({
      model: referenceModel,
      images,
      augmentation: none,
      optimizer: { name: "adamw", learningRate: 0.01, weightDecay: 0.05 },
      epochs: 6,
      batchSize: 6,
      warmup: 2,
      labelSmoothing: 0.1,
      clipNorm: 1,
      seed: 0,
      averageDecay: 0.7,
      device,
    });
    const logits = await predict({
      model: referenceModel,
      weights: average,
      images,
      device,
    });
    const error = relativeError(logits, reference("average_logits").data);
    assert.ok(error < 1e-4, String(error));
  },
  ON_PROCESSOR,
);
