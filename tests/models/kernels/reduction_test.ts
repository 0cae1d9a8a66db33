import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { devicesOf, onKernels } from "./on_kernels.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor, TOLERANCE } from "./samples.ts";

const CASES: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[9], [0]],
  [[33, 1000], [0]],
  [[3, 5000], [1]],
  [[2, 3, 4, 5], [0, 1, 2]],
  [[2, 3, 4, 5], [1, 2]],
  [[2, 3, 4, 5], [0, 1, 2, 3]],
  [[2, 3, 4, 5], [3]],
  [[2, 3, 4, 5], [0, 2]], // not neighbours: left to tfjs
];

for (const [shape, axes] of CASES) {
  onKernels(
    `tf.sum() and tf.mean() agree with a double loop: [${shape}] over ${axes}`,
    async () => {
      const x = sample(shape, 1);
      for (let i = 0; i < x.data.length; i++) {
        x.data[i] = Math.fround((x.data[i] as number) + 1);
      }
      const kept = shape.map((size, i) => axes.includes(i) ? 1 : size);
      const strides = kept.map((_, i) =>
        kept.slice(i + 1).reduce((n, size) => n * size, 1)
      );
      const total = new Float64Array(kept.reduce((n, size) => n * size, 1));
      for (const [i, value] of x.data.entries()) {
        let rest = i;
        let at = 0;
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          const size = shape[axis] as number;
          if (!axes.includes(axis)) {
            at += rest % size * (strides[axis] as number);
          }
          rest = Math.floor(rest / size);
        }
        total[at] = (total[at] as number) + value;
      }
      const count = x.data.length / total.length;
      const sum = tf.sum(tensor(x), [...axes], true);
      const mean = tf.mean(tensor(x), [...axes]);
      assert.deepEqual(sum.shape, kept);
      assert.deepEqual(mean.shape, shape.filter((_, i) => !axes.includes(i)));
      assert(relativeError(await sum.data(), total) < TOLERANCE);
      assert(
        relativeError(await mean.data(), total.map((v) => v / count)) <
          TOLERANCE,
      );
    },
    { devices: devicesOf({ few: shape.length !== 4 || axes.length === 2 }) },
  );
}

onKernels(
  "tf.unsortedSegmentSum() adds rows by id and skips ids outside",
  async () => {
    const x = tf.tensor2d([[1, 2, 3, 4, 5], [10, 20, 30, 40, 50], [
      100,
      200,
      300,
      400,
      500,
    ], [7, 7, 7, 7, 7]]);
    const y = tf.unsortedSegmentSum(
      x,
      tf.tensor1d([2, 0, 2, -1], "int32"),
      3,
    );
    assert.deepEqual(await y.array(), [
      [10, 20, 30, 40, 50],
      [0, 0, 0, 0, 0],
      [101, 202, 303, 404, 505],
    ]);
  },
);

onKernels("tf.gather() has a gradient: repeated rows add up", async () => {
  const dx = tf.grad((x) => tf.gather(x, tf.tensor1d([1, 1, 0], "int32")))(
    tf.zeros([3, 2]),
    tf.tensor2d([[1, 2], [3, 4], [5, 6]]),
  );
  assert.deepEqual(await dx.array(), [[5, 6], [4, 6], [0, 0]]);
});
