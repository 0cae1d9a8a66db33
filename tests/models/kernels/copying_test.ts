import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { onKernels } from "./on_kernels.ts";

onKernels("tf.pad() puts zeros before and after along one axis", async () => {
  const x = tf.tensor3d([1, 2, 3, 4, 5, 6], [1, 2, 3]);
  assert.deepEqual(
    await tf.pad(x, [[0, 0], [0, 0], [1, 2]]).array(),
    [[[0, 1, 2, 3, 0, 0], [0, 4, 5, 6, 0, 0]]],
  );
  assert.deepEqual(
    await tf.pad(x, [[0, 0], [1, 0], [0, 0]]).array(),
    [[[0, 0, 0], [1, 2, 3], [4, 5, 6]]],
  );
});

onKernels("tf.pad() leaves other values and several axes to tfjs", async () => {
  const x = tf.tensor2d([[1, 2]]);
  assert.deepEqual(await tf.pad(x, [[0, 0], [1, 0]], 9).array(), [[9, 1, 2]]);
  assert.deepEqual(
    await tf.pad(x, [[1, 0], [0, 1]]).array(),
    [[0, 0, 0], [1, 2, 0]],
  );
});

onKernels(
  "a cast to the same type shares the values and outlives its source",
  async () => {
    const x = tf.tensor1d([1.5, -2, 3]);
    const cast = (dtype: tf.DataType): tf.Tensor =>
      tf.engine().runKernel("Cast", { x }, { dtype }) as tf.Tensor;
    const same = cast("float32");
    const integers = cast("int32");
    assert.equal(same.dataId, x.dataId);
    assert.notEqual(integers.dataId, x.dataId);
    x.dispose();
    assert.deepEqual([...await same.data()], [1.5, -2, 3]);
    assert.equal(integers.dtype, "int32");
    assert.deepEqual([...await integers.data()], [1, -2, 3]);
    tf.dispose([same, integers]);
  },
);

onKernels("tf.slice() takes a part along one axis or several", async () => {
  const x = tf.tensor2d([[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
  assert.deepEqual(
    await tf.slice(x, [0, 1], [3, 2]).array(),
    [[2, 3], [5, 6], [8, 9]],
  );
  assert.deepEqual(await tf.slice(x, [1, 0], [-1, 3]).array(), [
    [4, 5, 6],
    [7, 8, 9],
  ]);
  assert.deepEqual(await tf.slice(x, [1, 1], [1, 1]).array(), [[5]]);
});

onKernels("tf.transpose() puts every value where its axes say", async () => {
  const shapes: readonly (readonly [number[], number[]])[] = [
    [[5], [0]],
    [[3, 4], [1, 0]],
    [[2, 3, 4], [2, 0, 1]],
    [[2, 3, 4, 5], [0, 2, 1, 3]],
    [[2, 1, 3, 4, 5], [2, 0, 3, 1, 4]],
    [[2, 3, 2, 3, 2], [4, 3, 2, 1, 0]],
    [[2, 3, 2, 2, 2, 2], [5, 4, 3, 2, 1, 0]], // six axes: left to tfjs
  ];
  for (const [shape, perm] of shapes) {
    const n = shape.reduce((product, size) => product * size, 1);
    const y = tf.transpose(tf.reshape(tf.range(0, n), shape), perm);
    assert.deepEqual(y.shape, perm.map((axis) => shape[axis]));
    const values = await y.data();
    for (let i = 0; i < n; i++) {
      const at = shape.map((_, axis) =>
        Math.floor(i / shape.slice(axis + 1).reduce((p, s) => p * s, 1)) %
        (shape[axis] as number)
      );
      const to = perm.reduce(
        (index, axis) => index * (shape[axis] as number) + (at[axis] as number),
        0,
      );
      assert.equal(values[to], i);
    }
  }
});

onKernels("tf.unstack() gives the parts along an axis", async () => {
  const x = tf.tensor3d([1, 2, 3, 4, 5, 6], [1, 3, 2]);
  assert.deepEqual(await tf.stack(tf.unstack(x, 1)).array(), [
    [[1, 2]],
    [[3, 4]],
    [[5, 6]],
  ]);
  assert.deepEqual(await tf.stack(tf.unstack(x, -1)).array(), [
    [[1, 3, 5]],
    [[2, 4, 6]],
  ]);
});

onKernels(
  "a clone shares the values of its tensor and outlives it",
  async () => {
    const x = tf.tensor1d([1, 2, 3]);
    const before = tf.memory().numBytes;
    const buffers = tf.memory().numDataBuffers;
    const clone = x.clone();
    assert.equal(tf.memory().numDataBuffers, buffers);
    x.dispose();
    assert.deepEqual([...await clone.data()], [1, 2, 3]);
    clone.dispose();
    assert.equal(tf.memory().numBytes, before - 12);
  },
);
