import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { clip, clipScale, globalNorm } from "../../../models/ops/clip.ts";
import { relativeError } from "../kernels/reference.ts";
import { onBackends } from "./on_backends.ts";

onBackends("globalNorm() is the norm of all gradients together", () => {
  const norm = globalNorm([tf.tensor2d([[3, 0]]), tf.scalar(4)]);
  assert.equal(norm.dataSync()[0], 5);
});

onBackends(
  "clipScale() is one below the limit and limit / norm above it",
  () => {
    const gradients = [tf.tensor1d([3, 4])];
    assert.equal(clipScale(gradients, { limit: 6 }).dataSync()[0], 1);
    const scale = clipScale(gradients, { limit: 1 }).dataSync();
    assert(relativeError(scale, [1 / (5 + 1e-6)]) < 1e-6);
  },
);

onBackends("clip() brings the norm down to the limit", () => {
  const [a, b] = clip([tf.tensor1d([3]), tf.tensor1d([4])], { limit: 0.5 });
  assert(relativeError((a as tf.Tensor).dataSync(), [0.3]) < 1e-6);
  assert(relativeError((b as tf.Tensor).dataSync(), [0.4]) < 1e-6);
});
