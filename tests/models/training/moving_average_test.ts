import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  averageDecay,
  movingAverage,
} from "../../../models/training/moving_average.ts";
import { onEachDevice } from "../on_each_device.ts";

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
