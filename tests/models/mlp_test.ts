import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  readWeights,
  writeWeights,
} from "../../models/model/device_weights.ts";
import { mlp } from "../../models/mlp.ts";
import { onEachDevice } from "./on_each_device.ts";

const options = {
  inputShape: [1, 2, 1],
  classes: 2,
  seed: 0,
  options: { width: 2, layers: 1 },
} as const;

onEachDevice(
  "mlp.forward() multiplies, cuts at zero and multiplies",
  async (device) => {
    const network = await mlp.create(options);
    const set = (shape: number[], values: number[]) => ({
      shape,
      data: new Float32Array(values),
    });
    writeWeights(network.parameters, {
      weights: {
        "layer1.kernel": set([2, 2], [1, -1, 2, 0]),
        "layer1.bias": set([2], [0.5, 0]),
        "head.kernel": set([2, 2], [1, 0, 0, 1]),
        "head.bias": set([2], [0, 7]),
      },
    });
    // One channel is normalised by (x − 0.5) / 0.25: the inputs are 2 and 1.
    const x = tf.tensor4d([1, 0.75], [1, 1, 2, 1]);
    const logits = network.forward(x, { training: false });
    assert.deepEqual([...await logits.data()], [4.5, 7]); // (2·1 + 1·2 + ½, max(0, −2) + 7)
    tf.dispose([x, logits]);
    network.dispose();
    device.tick();
  },
);

onEachDevice("mlp.create() depends on the seed alone", async (device) => {
  const kernel = async (seed: number) => {
    const network = await mlp.create({ ...options, seed });
    const weights = await readWeights(network.parameters);
    network.dispose();
    return weights["layer1.kernel"]?.data;
  };
  assert.deepEqual(await kernel(1), await kernel(1));
  assert.notDeepEqual(await kernel(1), await kernel(2));
  device.tick();
});

Deno.test("mlp.create() refuses a width or depth that is not a positive integer", async () => {
  for (const [name, value] of [["width", 0], ["layers", 1.5]] as const) {
    await assert.rejects(
      () => mlp.create({ ...options, options: { [name]: value } }),
      {
        name: "TypeError",
        message:
          `Cannot create a multilayer perceptron of ${name} ${value}: it must be a positive integer`,
      },
    );
  }
});
