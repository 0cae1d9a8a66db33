import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { sharesOf } from "../../../../../models/kernels/webgpu/passes/column_pass.ts";
import { batchNorm } from "../../../../../models/ops/batch_norm.ts";
import { onKernels } from "../../on_kernels.ts";
import { relativeError } from "../../../relative_error.ts";
import { sample, tensor, TOLERANCE } from "../../samples.ts";

Deno.test("sharesOf() gives few columns many lanes each, and many columns as many as there are rows", () => {
  assert.deepEqual(sharesOf({ n: 4, rows: 100_000 }), { across: 4, lanes: 64 });
  assert.deepEqual(sharesOf({ n: 1000, rows: 500 }), { across: 16, lanes: 16 });
  assert.deepEqual(sharesOf({ n: 1000, rows: 3 }), { across: 64, lanes: 4 });
  assert.deepEqual(sharesOf({ n: 1, rows: 1 }), { across: 1, lanes: 256 });
});

// Columns in fours and not, one workgroup's and several's; rows in one slice and in several.
for (
  const [outer, rows, columns] of [
    [1, 20_000, 4],
    [1, 9_001, 3],
    [1, 300, 72],
    [2, 5_000, 20],
    [3, 2, 1030],
  ] as const
) {
  onKernels(
    `tf.sum() over rows agrees with a loop: ${outer}×${rows}×${columns}`,
    async () => {
      const x = sample([outer, rows, columns], 1);
      const expected = new Float64Array(outer * columns);
      for (const [i, value] of x.data.entries()) {
        const to = Math.floor(i / (rows * columns)) * columns + i % columns;
        expected[to] = (expected[to] as number) + value;
      }
      const y = tf.sum(tensor<tf.Tensor3D>(x), 1);
      assert.deepEqual(y.shape, [outer, columns]);
      assert(relativeError(await y.data(), expected) < TOLERANCE);
    },
  );
}

onKernels(
  "batchNorm() takes mean and variance of more rows than a slice has",
  async () => {
    const rows = 12_000;
    const x = sample([rows, 8], 1);
    const { mean, variance } = batchNorm(
      tf.reshape(tensor<tf.Tensor2D>(x), [rows, 1, 1, 8]),
      {
        scale: tf.ones([8]),
        offset: tf.zeros([8]),
        epsilon: 1e-5,
        relu: false,
      },
    );
    const means = new Float64Array(8);
    const variances = new Float64Array(8);
    for (const [i, value] of x.data.entries()) {
      means[i % 8] = (means[i % 8] as number) + value / rows;
    }
    for (const [i, value] of x.data.entries()) {
      const d = value - (means[i % 8] as number);
      variances[i % 8] = (variances[i % 8] as number) + d * d / rows;
    }
    const error = (await mean.data())
      .map((value, c) => Math.abs(value - (means[c] as number)));
    assert(Math.max(...error) < TOLERANCE, `${error}`);
    assert(relativeError(await variance.data(), variances) < TOLERANCE);
  },
);
