import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { registerWasmKernels } from "../../../models/kernels/wasm/register.ts";
import { relativeError } from "./reference.ts";
import { sample, tensor, TOLERANCE } from "./samples.ts";
import { startWasmBackend } from "./wasm_backend.ts";

await startWasmBackend();
await registerWasmKernels();

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
      Deno.test(`tf.matMul() agrees with a double loop: ${rows}×${depth}×${columns}, transposed ${transposeA} ${transposeB}`, () => {
        tf.tidy(() => {
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
          assert(relativeError(y.dataSync(), expected) < TOLERANCE);
        });
      });
    }
  }
}

Deno.test("tf.matMul() multiplies batches matrix by matrix", () => {
  tf.tidy(() => {
    const a = tensor<tf.Tensor3D>(sample([3, 5, 7], 1));
    const b = tensor<tf.Tensor3D>(sample([3, 7, 4], 2));
    const whole = tf.matMul(a, b).dataSync();
    const parts = [0, 1, 2].flatMap((i) => [
      ...tf.matMul(
        tf.slice(a, [i, 0, 0], [1, 5, 7]).reshape([5, 7]),
        tf.slice(b, [i, 0, 0], [1, 7, 4]).reshape([7, 4]),
      ).dataSync(),
    ]);
    assert.deepEqual([...whole], parts);
  });
});

Deno.test("tf.matMul() uses one right matrix for a whole batch", () => {
  tf.tidy(() => {
    const a = tensor<tf.Tensor3D>(sample([3, 5, 7], 1));
    const b = tensor<tf.Tensor2D>(sample([7, 4], 2));
    const y = tf.matMul(a, b.reshape([1, 7, 4]));
    const flat = tf.matMul(a.reshape([15, 7]), b);
    assert.deepEqual(y.shape, [3, 5, 4]);
    assert.deepEqual(y.dataSync(), flat.dataSync());
  });
});

Deno.test("tf.matMul() broadcasts the batch axes of both operands", () => {
  tf.tidy(() => {
    const a = tensor<tf.Tensor4D>(sample([2, 1, 3, 4], 1));
    const b = tensor<tf.Tensor3D>(sample([3, 4, 5], 2));
    const y = tf.matMul(a, b);
    assert.deepEqual(y.shape, [2, 3, 3, 5]);
    for (const i of [0, 1]) {
      for (const j of [0, 1, 2]) {
        const part = tf.matMul(
          tf.slice(a, [i, 0, 0, 0], [1, 1, 3, 4]).reshape([3, 4]),
          tf.slice(b, [j, 0, 0], [1, 4, 5]).reshape([4, 5]),
        );
        assert.deepEqual(
          tf.slice(y, [i, j, 0, 0], [1, 1, 3, 5]).dataSync(),
          part.dataSync(),
        );
      }
    }
  });
});

Deno.test("tf.fused.matMul() adds the bias and takes the ReLU in one kernel", () => {
  tf.tidy(() => {
    const a = tensor<tf.Tensor2D>(sample([9, 6], 1));
    const b = tensor<tf.Tensor2D>(sample([6, 11], 2));
    const bias = tensor<tf.Tensor1D>(sample([11], 3));
    const y = tf.fused.matMul({ a, b, bias, activation: "relu" });
    const expected = tf.relu(tf.add(tf.matMul(a, b), bias));
    assert(relativeError(y.dataSync(), expected.dataSync()) < 1e-6);
  });
});

Deno.test("tf.fused.matMul() leaves activations other than ReLU to tfjs", () => {
  tf.tidy(() => {
    const a = tensor<tf.Tensor2D>(sample([9, 6], 1));
    const b = tensor<tf.Tensor2D>(sample([6, 11], 2));
    const y = tf.fused.matMul({ a, b, activation: "relu6" });
    const expected = tf.relu6(tf.matMul(a, b));
    assert(relativeError(y.dataSync(), expected.dataSync()) < 1e-5);
  });
});
