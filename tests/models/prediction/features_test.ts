import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { extractFeatures } from "../../../models/prediction/extract_features.ts";
import { features } from "../../../models/prediction/features.ts";
import type { WeightArray } from "../../../models/model/weights.ts";
import { onCpu } from "../on_cpu.ts";
import { onEachDevice } from "../on_each_device.ts";
import {
  reference,
  referenceImages,
  referenceModel,
  referenceWeights,
} from "../resnet8_reference.ts";
import { relativeError } from "../relative_error.ts";
import { inFull } from "../../full.ts";

const weights = referenceWeights("average");

onEachDevice(
  "extractFeatures() gives what the head makes PyTorch's logits of",
  async (device) => {
    const before = tf.memory().numTensors;
    const { values, dimension } = await extractFeatures({
      model: referenceModel,
      weights,
      images: referenceImages,
      batchSize: 4,
      device,
    });
    assert.equal(tf.memory().numTensors, before);
    const { data: kernel, shape } = weights["head.kernel"] as WeightArray;
    const { data: bias } = weights["head.bias"] as WeightArray;
    assert.equal(shape[0], dimension);
    const classes = bias.length;
    const logits = Float32Array.from(
      { length: values.length / dimension * classes },
      (_, k) => {
        const [i, c] = [Math.floor(k / classes), k % classes];
        let sum = bias[c] as number;
        for (let f = 0; f < dimension; f++) {
          sum += (values[i * dimension + f] as number) *
            (kernel[f * classes + c] as number);
        }
        return sum;
      },
    );
    const error = relativeError(logits, reference("average_logits").data);
    assert.ok(error < 1e-5, String(error));
  },
  { devices: ["cpu", "wasm", ...inFull("webgpu-software")] },
);

Deno.test("extractFeatures() takes a network whose head is for other classes, and images without labels that mean anything", async () => {
  const options = {
    model: referenceModel,
    images: referenceImages,
    device: await onCpu(),
  };
  const { "head.kernel": _, "head.bias": __, ...trunk } = weights;
  assert.deepEqual(
    await extractFeatures({ ...options, weights: trunk }),
    await extractFeatures({ ...options, weights }),
  );
});

Deno.test("extractFeatures() says which image has features that are not finite", async () => {
  const broken = {
    ...weights,
    "stem.bias": {
      shape: weights["stem.bias"]?.shape ?? [],
      data: new Float32Array(weights["stem.bias"]?.data.length ?? 0)
        .fill(Infinity),
    },
  };
  await assert.rejects(
    extractFeatures({
      model: referenceModel,
      weights: broken,
      images: referenceImages,
      device: await onCpu(),
    }),
    new Error(
      `Cannot extract features with "${referenceModel.name}": those of image 0 are not finite`,
    ),
  );
});

Deno.test("features reads what it writes, and nothing else", () => {
  const value = { values: Float32Array.of(1, 2, 3, 4, 5, 6), dimension: 3 };
  assert.deepEqual(features.decode(features.encode(value)), value);
  assert.throws(
    () => features.decode(new TextEncoder().encode("\x02\0\0\0\0\0\0\0{}")),
    new TypeError(
      'Cannot decode features: the file needs an array "features" [n, dimension] of 32-bit floats',
    ),
  );
});
