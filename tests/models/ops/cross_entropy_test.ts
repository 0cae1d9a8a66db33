import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { softmaxCrossEntropy } from "../../../models/ops/cross_entropy.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor, TOLERANCE } from "../kernels/samples.ts";
import { onBackends } from "./on_backends.ts";

for (const [n, classes] of [[128, 10], [5, 3], [1, 2]] as const) {
  for (const smoothing of [0, 0.1]) {
    onBackends(
      `softmaxCrossEntropy() agrees with a double loop: ${n}×${classes}, smoothing ${smoothing}`,
      async () => {
        const logits = sample([n, classes], 1);
        for (let i = 0; i < logits.data.length; i++) {
          logits.data[i] = Math.fround(2 * (logits.data[i] as number));
        }
        const labels = Array.from({ length: n }, (_, i) => i * 7 % classes);
        const gradient = new Float64Array(n * classes);
        let loss = 0;
        for (const [row, label] of labels.entries()) {
          const values = logits.data.subarray(
            row * classes,
            (row + 1) * classes,
          );
          const top = Math.max(...values);
          const total = values.reduce((sum, v) => sum + Math.exp(v - top), 0);
          for (const [c, value] of values.entries()) {
            const target = smoothing / classes +
              (c === label ? 1 - smoothing : 0);
            loss += target * (top + Math.log(total) - value) / n;
            gradient[row * classes + c] = 3 *
              (Math.exp(value - top) / total - target) / n;
          }
        }
        const run = (logits: tf.Tensor): tf.Scalar =>
          softmaxCrossEntropy(
            logits as tf.Tensor2D,
            tf.tensor1d(labels, "int32"),
            { smoothing },
          );
        const value = run(tensor(logits));
        assert.deepEqual(value.shape, []);
        // A loss near zero is the difference of numbers near one.
        const error = Math.abs(((await value.data())[0] as number) - loss);
        assert(error < TOLERANCE * Math.max(loss, 0.1));
        const d = tf.grad(run)(tensor(logits), tf.scalar(3));
        assert(relativeError(await d.data(), gradient) < TOLERANCE);
      },
    );
  }
}

onBackends("softmaxCrossEntropy() is finite for logits far apart", async () => {
  const loss = softmaxCrossEntropy(
    tf.tensor2d([[1000, -1000, 0]]),
    tf.tensor1d([1], "int32"),
    { smoothing: 0 },
  );
  assert.equal((await loss.data())[0], 2000);
});
