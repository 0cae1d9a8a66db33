import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { scaledSoftmax } from "../../../models/ops/scaled_softmax.ts";
import { zeros } from "../kernels/reference.ts";
import { relativeError } from "../relative_error.ts";
import { devicesOf } from "../kernels/on_kernels.ts";
import { sample, tensor, TOLERANCE } from "../kernels/samples.ts";
import { onBackends } from "./on_backends.ts";

const SCALE = 0.25;

for (const shape of [[6, 64], [2, 3, 7, 5], [70, 4], [3, 300]]) {
  onBackends(
    `scaledSoftmax() and its gradient agree with a double loop: [${shape}]`,
    async () => {
      const columns = shape.at(-1) as number;
      const x = sample(shape, 1);
      const dy = sample(shape, 2);
      const [y, dx] = [zeros(shape), zeros(shape)];
      for (let start = 0; start < x.data.length; start += columns) {
        const powers = x.data.subarray(start, start + columns)
          .map((value) => Math.exp(SCALE * value));
        const total = powers.reduce((a, b) => a + b, 0);
        const gradient = dy.data.subarray(start, start + columns);
        const along = gradient.reduce(
          (sum, value, c) => sum + value * (powers[c] as number) / total,
          0,
        );
        for (const [c, power] of powers.entries()) {
          y.data[start + c] = power / total;
          dx.data[start + c] = SCALE * power / total *
            ((gradient[c] as number) - along);
        }
      }
      const run = (x: tf.Tensor) => scaledSoftmax(x, { scale: SCALE });
      const given: tf.Tensor = tensor(x);
      assert.deepEqual(run(given).shape, shape);
      assert(relativeError(await run(given).data(), y.data) < TOLERANCE);
      const gradient = await tf.grad(run)(given, tensor(dy)).data();
      assert(relativeError(gradient, dx.data) < TOLERANCE);
      const plain = await tf.softmax(tf.mul(given, SCALE)).data();
      assert(relativeError(plain, y.data) < TOLERANCE);
    },
    { devices: devicesOf({ few: shape[0] === 70 }) },
  );
}

onBackends("scaledSoftmax() is finite for values far apart", async () => {
  const y = scaledSoftmax(tf.tensor2d([[2000, -2000, 0]]), { scale: 0.5 });
  assert.deepEqual([...await y.data()], [1, 0, 0]);
});
