import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { devicesOf, onKernels } from "./on_kernels.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor, TOLERANCE } from "./samples.ts";

const SIZES = [
  [1, 1, 1],
  [128, 64, 10],
  [7, 5, 3],
  [13, 33, 17],
  [6, 300, 8],
  [65, 9, 64],
] as const;

for (const [rows, depth, columns] of SIZES) {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const few = depth === 33 && transposeA && !transposeB;
      onKernels(
        `tf.matMul() agrees with a double loop: ${rows}×${depth}×${columns}, transposed ${transposeA} ${transposeB}`,
        async () => {
          const a = sample(transposeA ? [depth, rows] : [rows, depth], 1);
          const b = sample(
            transposeB ? [columns, depth] : [depth, columns],
            2,
          );
          const expected = new Float64Array(rows * columns);
          for (let i = 0; i < rows; i++) {
            for (let j = 0; j < columns; j++) {
              let sum = 0;
              for (let k = 0; k < depth; k++) {
                sum += (a.data[
                  transposeA ? k * rows + i : i * depth + k
                ] as number) *
                  (b.data[
                    transposeB ? j * depth + k : k * columns + j
                  ] as number);
              }
              expected[i * columns + j] = sum;
            }
          }
          const y = tf.matMul(
            tensor<tf.Tensor2D>(a),
            tensor<tf.Tensor2D>(b),
            transposeA,
            transposeB,
          );
          assert.deepEqual(y.shape, [rows, columns]);
          assert(relativeError(await y.data(), expected) < TOLERANCE);
        },
        { devices: devicesOf({ few }) },
      );
    }
  }
}

onKernels("tf.matMul() multiplies batches matrix by matrix", async () => {
  const a = tensor<tf.Tensor3D>(sample([3, 5, 7], 1));
  const b = tensor<tf.Tensor3D>(sample([3, 7, 4], 2));
  const whole = await tf.matMul(a, b).data();
  const parts: number[] = [];
  for (const i of [0, 1, 2]) {
    const part = tf.matMul(
      tf.reshape(tf.slice(a, [i, 0, 0], [1, 5, 7]), [5, 7]),
      tf.reshape(tf.slice(b, [i, 0, 0], [1, 7, 4]), [7, 4]),
    );
    parts.push(...await part.data());
  }
  assert.deepEqual([...whole], parts);
}, { devices: devicesOf({ few: false }) });

onKernels("tf.matMul() uses one right matrix for a whole batch", async () => {
  const a = tensor<tf.Tensor3D>(sample([3, 5, 7], 1));
  const b = tensor<tf.Tensor2D>(sample([7, 4], 2));
  const y = tf.matMul(a, tf.reshape(b, [1, 7, 4]));
  const flat = tf.matMul(tf.reshape(a, [15, 7]), b);
  assert.deepEqual(y.shape, [3, 5, 4]);
  assert.deepEqual(await y.data(), await flat.data());
}, { devices: devicesOf({ few: false }) });

onKernels(
  "tf.matMul() broadcasts the batch axes of both operands",
  async () => {
    const a = tensor<tf.Tensor4D>(sample([2, 1, 3, 4], 1));
    const b = tensor<tf.Tensor3D>(sample([3, 4, 5], 2));
    const y = tf.matMul(a, b);
    assert.deepEqual(y.shape, [2, 3, 3, 5]);
    for (const i of [0, 1]) {
      for (const j of [0, 1, 2]) {
        const part = tf.matMul(
          tf.reshape(tf.slice(a, [i, 0, 0, 0], [1, 1, 3, 4]), [3, 4]),
          tf.reshape(tf.slice(b, [j, 0, 0], [1, 4, 5]), [4, 5]),
        );
        assert.deepEqual(
          await tf.slice(y, [i, j, 0, 0], [1, 1, 3, 5]).data(),
          await part.data(),
        );
      }
    }
  },
);

onKernels(
  "tf.fused.matMul() adds the bias and takes the ReLU in one kernel",
  async () => {
    const a = tensor<tf.Tensor2D>(sample([9, 6], 1));
    const b = tensor<tf.Tensor2D>(sample([6, 11], 2));
    const bias = tensor<tf.Tensor1D>(sample([11], 3));
    const y = tf.fused.matMul({ a, b, bias, activation: "relu" });
    const expected = tf.relu(tf.add(tf.matMul(a, b), bias));
    assert(relativeError(await y.data(), await expected.data()) < 1e-6);
  },
);

onKernels(
  "tf.fused.matMul() leaves activations other than ReLU to tfjs",
  async () => {
    const a = tensor<tf.Tensor2D>(sample([9, 6], 1));
    const b = tensor<tf.Tensor2D>(sample([6, 11], 2));
    const y = tf.fused.matMul({ a, b, activation: "relu6" });
    const expected = tf.relu6(tf.matMul(a, b));
    assert(relativeError(await y.data(), await expected.data()) < 1e-5);
  },
  { devices: devicesOf({ few: false }) },
);
