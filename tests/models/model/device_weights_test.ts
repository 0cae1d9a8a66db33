import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  readWeights,
  writeWeights,
} from "../../../models/model/device_weights.ts";
import type { Weights } from "../../../models/model/weights.ts";
import { onEachDevice } from "../on_each_device.ts";
import { onCpu } from "../on_cpu.ts";

const given: Weights = {
  a: { shape: [2, 1], data: new Float32Array([1.1, -0]) },
  b: { shape: [1], data: new Float32Array([3]) },
};

onEachDevice(
  "readWeights() gives what writeWeights() set, to the bit",
  async (device) => {
    const variables = tf.tidy(() => ({
      a: tf.variable(tf.zeros([2, 1])),
      b: tf.variable(tf.zeros([1])),
    }));
    const before = tf.memory().numTensors;
    writeWeights(variables, { weights: given });
    assert.deepEqual(await readWeights(variables), given);
    writeWeights(variables, {
      weights: { b: { shape: [1], data: new Float32Array([4]) } },
      names: ["b"],
    });
    assert.equal((await readWeights(variables))["b"]?.data[0], 4);
    assert.equal(tf.memory().numTensors, before);
    tf.dispose(variables);
    device.tick();
  },
);

Deno.test("readWeights() of nothing reads nothing", async () => {
  assert.deepEqual(await readWeights({}), {});
});

Deno.test("writeWeights() refuses weights that are missing", async () => {
  await onCpu();
  const c = tf.tidy(() => tf.variable(tf.zeros([2])));
  assert.throws(() => writeWeights({ c }, { weights: given }), {
    name: "TypeError",
    message: 'Cannot set "c" of shape [2]: the weights have no such array',
  });
  c.dispose();
});
