import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  averageDecay,
  averageUpdate,
  movingAverage,
} from "../../../models/training/moving_average.ts";
import { onEachDevice } from "../on_each_device.ts";
import { onBackends } from "../ops/on_backends.ts";

Deno.test("averageDecay() grows from a tenth to its limit", () => {
  const decays = [0, 1, 8, 98, 1000].map((step) =>
    averageDecay(step, { limit: 0.98 })
  );
  assert.deepEqual(decays, [1 / 10, 2 / 11, 0.5, 99 / 108, 0.98]);
});

onEachDevice(
  "movingAverage() follows its sources, which it leaves alone",
  async (device) => {
    const x = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    const average = movingAverage({ x }, { limit: 0.98 });
    tf.tidy(() => x.assign(tf.tensor1d([11, -8])));
    average.update(8); // half and half
    assert.deepEqual([
      ...await tf.tidy(() => tf.add(average.variables["x"] as tf.Variable, 0))
        .data(),
    ], [6, -3]);
    assert.deepEqual([...await tf.tidy(() => tf.add(x, 0)).data()], [11, -8]);
    average.dispose();
    x.dispose();
    device.tick();
  },
);

onBackends("averageUpdate() moves each target towards its source", async () => {
  const target = tf.variable(tf.tensor1d([0, 4, 8, 12, 16]));
  const source = tf.variable(tf.tensor1d([4, 4, 4, 4, 4]));
  averageUpdate([target], [source], { decay: 0.75 });
  assert.deepEqual([...await target.data()], [1, 4, 7, 10, 13]);
  assert.deepEqual([...await source.data()], [4, 4, 4, 4, 4]);
  tf.dispose([target, source]);
});

onBackends("averageUpdate() refuses lists of different lengths", () => {
  const target = tf.variable(tf.zeros([1]));
  assert.throws(() => averageUpdate([target], [], { decay: 0.5 }), {
    message: "Cannot average 0 variables into 1: the lists must pair up",
  });
  target.dispose();
});
