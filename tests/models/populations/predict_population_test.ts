import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { readWeights } from "../../../models/model/device_weights.ts";
import { predict } from "../../../models/prediction/predict.ts";
import { predictPopulation } from "../../../models/populations/predict_population.ts";
import { everything } from "../../../models/model/model.ts";
import { onCpu } from "../on_cpu.ts";
import { onEachDevice } from "../on_each_device.ts";
import { referenceModel, referenceWeights } from "../resnet8_reference.ts";
import { randomImages } from "../training_fixture.ts";
import { inFull } from "../../full.ts";

const images = { ...randomImages(43), classes: ["a", "b", "c", "d", "e"] };

/** Three networks: a trained one and two as they begin. */
async function networks() {
  const weights = [referenceWeights("average")];
  for (const seed of [1, 2]) {
    const network = await referenceModel.create({
      inputShape: images.shape,
      classes: 5,
      seed,
    });
    weights.push(await readWeights(everything(network)));
    network.dispose();
  }
  return weights;
}

onEachDevice(
  "predictPopulation() gives the bytes of predict() for each network, more batches than are read at once, and a rest",
  async (device) => {
    const all = await networks();
    const options = { model: referenceModel, images, device, batchSize: 4 };
    const expected: Float32Array[] = [];
    for (const weights of all) {
      expected.push(await predict({ ...options, weights }));
    }
    const before = tf.memory().numTensors;
    const predicted: number[] = [];
    assert.deepEqual(
      await predictPopulation({
        ...options,
        networks: all,
        atOnce: 3,
        onPredicted: (network) => predicted.push(network),
      }),
      expected,
    );
    assert.deepEqual(predicted, [0, 1, 2]);
    assert.equal(tf.memory().numTensors, before);
    device.tick();
  },
  { devices: ["wasm", ...inFull("webgpu-software")] },
);

onEachDevice(
  "predictPopulation() refuses logits that are not finite, and weights of another network",
  async (device) => {
    const [first, second, third] = await networks();
    assert(first && second && third);
    const options = {
      model: referenceModel,
      images,
      device,
      batchSize: 4,
      atOnce: 3,
    };
    const bias = { shape: [5], data: new Float32Array(5).fill(NaN) };
    const { ["head.bias"]: _, ...rest } = third;
    const before = tf.memory().numTensors;
    await assert.rejects(
      predictPopulation({
        ...options,
        networks: [first, second, { ...third, "head.bias": bias }],
      }),
      {
        message:
          'Cannot predict with "resnet8": the logits of image 0 are not finite',
      },
    );
    await assert.rejects(
      predictPopulation({ ...options, networks: [first, rest] }),
      { name: "TypeError", message: /^Cannot set "head.bias" of shape/ },
    );
    assert.equal(tf.memory().numTensors, before);
    device.tick();
  },
  { devices: inFull("webgpu-software") },
);

Deno.test("predictPopulation() gives nothing when there are no networks", async () => {
  const device = await onCpu();
  const model = referenceModel;
  assert.deepEqual(
    await predictPopulation({ model, images, device, networks: [] }),
    [],
  );
});
