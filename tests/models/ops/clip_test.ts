import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { clipScale, globalNorm } from "../../../models/training/optimizer.ts";
import { relativeError } from "../kernels/reference.ts";
import { onBackends } from "./on_backends.ts";

onBackends("globalNorm() is the norm of all gradients together", async () => {
  const norm = globalNorm([tf.tensor2d([[3, 0]]), tf.scalar(4)]);
  assert.equal((await norm.data())[0], 5);
});

onBackends(
  "clipScale() is one below the limit and limit / norm above it",
  async () => {
    const gradients = [tf.tensor1d([3, 4])];
    assert.equal((await clipScale(gradients, { limit: 6 }).data())[0], 1);
    const scale = await clipScale(gradients, { limit: 1 }).data();
    assert(relativeError(scale, [1 / (5 + 1e-6)]) < 1e-6);
  },
);

onBackends("clipScale() brings the norm down to the limit", async () => {
  const [a, b] = [tf.tensor1d([3]), tf.tensor1d([4])];
  const scale = clipScale([a, b], { limit: 0.5 });
  assert(relativeError(await tf.mul(a, scale).data(), [0.3]) < 1e-6);
  assert(relativeError(await tf.mul(b, scale).data(), [0.4]) < 1e-6);
});
