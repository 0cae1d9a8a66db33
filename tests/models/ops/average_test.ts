import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { averageUpdate } from "../../../models/training/moving_average.ts";
import { onBackends } from "./on_backends.ts";

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
