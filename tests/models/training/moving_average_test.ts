import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  averageDecay,
  averageUpdate,
  movingAverage,
} from "../../../models/training/moving_average.ts";
import { updateKernels } from "../../../models/ops/update_kernels.ts";
import { onKernels } from "../kernels/on_kernels.ts";
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

onKernels(
  "blend() moves a target as mul and add do, and no clone of it",
  async () => {
    const values = Array.from({ length: 67 }, (_, i) => Math.sin(i));
    const target = tf.variable(tf.tensor1d(values));
    const clone = tf.clone(target);
    const source = tf.tensor1d(values.toReversed());
    const [keep, share] = [0.9, 0.1 * 128 / 127];
    const expected = await tf.add(tf.mul(target, keep), tf.mul(source, share))
      .data();
    updateKernels(tf.getBackend())?.blend({ target, source }, { keep, share });
    for (const [i, value] of (await target.data()).entries()) {
      // A GPU may round once where these are two operations.
      assert.ok(Math.abs(value - (expected[i] ?? NaN)) < 1e-7, `${value}`);
    }
    assert.deepEqual(await clone.data(), Float32Array.from(values));
    tf.dispose([target, clone, source]);
  },
);
