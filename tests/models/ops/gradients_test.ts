import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { sample, tensor } from "../kernels/samples.ts";
import { onCpu } from "../on_cpu.ts";

type Tensors = readonly [tf.Tensor, tf.Tensor];

const pixels = [2, 5, 4, 3];
const image = (x: tf.Tensor) => x as tf.Tensor4D;

/** A call, and the shapes of what it is given. */
const CALLS: readonly (readonly [
  name: string,
  run: (tensors: Tensors) => tf.Tensor,
  ...shapes: readonly number[][],
])[] = [
  ["add(), broadcast", ([a, b]) => tf.add(a, b), [2, 3, 4], [3, 1]],
  ["sub(), broadcast", ([a, b]) => tf.sub(a, b), [4], [2, 3, 4]],
  ["mul(), broadcast", ([a, b]) => tf.mul(a, b), [2, 3, 4], [3, 4]],
  ["div(), broadcast", ([a, b]) => tf.div(a, tf.add(b, 3)), [2, 3], [3]],
  ["div() by one", ([a, b]) => tf.div(a, tf.add(b, 3)), [3], [2, 3]],
  ["neg()", ([x]) => tf.neg(x), [5]],
  ["square()", ([x]) => tf.square(x), [5]],
  ["sqrt()", ([x]) => tf.sqrt(tf.add(x, 3)), [5]],
  ["exp()", ([x]) => tf.exp(x), [5]],
  ["log()", ([x]) => tf.log(tf.add(x, 3)), [5]],
  ["sigmoid()", ([x]) => tf.sigmoid(x), [5]],
  ["tanh()", ([x]) => tf.tanh(x), [5]],
  ["softmax()", ([x]) => tf.softmax(x), [2, 5]],
  ["relu()", ([x]) => tf.relu(tf.add(x, tf.tensor1d([3, -3]))), [4, 2]],
  ["sum() of an axis", ([x]) => tf.sum(x, 1), [2, 3, 4]],
  ["sum() of all", ([x]) => tf.sum(x), [2, 3]],
  ["mean() of axes", ([x]) => tf.mean(x, [0, -1], true), [2, 3, 4]],
  ["mean() of all", ([x]) => tf.mean(x), [2, 3]],
  ["cast()", ([x]) => tf.cast(x, "float32"), [3]],
  ["clone()", ([x]) => tf.clone(x), [3]],
  ["reshape()", ([x]) => tf.reshape(x, [3, 2]), [6]],
  ["expandDims()", ([x]) => tf.expandDims(x, 1), [2, 3]],
  ["transpose()", ([x]) => tf.transpose(x, [1, 2, 0]), [2, 3, 4]],
  ["pad()", ([x]) => tf.pad(x, [[1, 0], [0, 2]]), [2, 3]],
  ["slice()", ([x]) => tf.slice(x, [1, 0], [1, -1]), [3, 2]],
  ["gather()", ([x]) => tf.gather(x, tf.tensor1d([1, 1, 2], "int32")), [3, 2]],
  ["concat()", ([a, b]) => tf.concat([a, b], -1), [2, 3], [2, 4]],
  ["unstack()", ([x]) => tf.unstack(x, 1)[1] as tf.Tensor, [2, 3]],
  ["matMul()", ([a, b]) => tf.matMul(a, b), [2, 3], [3, 4]],
  ["matMul() of aᵀ", ([a, b]) => tf.matMul(a, b, true), [3, 2], [3, 4]],
  ["matMul() of bᵀ", ([a, b]) => tf.matMul(a, b, false, true), [2, 3], [4, 3]],
  ["matMul() of both", ([a, b]) => tf.matMul(a, b, true, true), [3, 2], [4, 3]],
  [
    "conv2d()",
    ([x, filter]) => tf.conv2d(image(x), image(filter), 2, "same"),
    pixels,
    [3, 3, 3, 2],
  ],
  [
    "depthwiseConv2d()",
    ([x, filter]) => tf.depthwiseConv2d(image(x), image(filter), 1, "same"),
    pixels,
    [3, 3, 3, 1],
  ],
  ["maxPool()", ([x]) => tf.maxPool(image(x), 2, 2, "valid"), pixels],
  ["avgPool()", ([x]) => tf.avgPool(image(x), 2, 1, "valid"), pixels],
];

const total = (a: tf.Tensor, b: tf.Tensor) =>
  tf.sum(tf.mul(a, b)).dataSync()[0] as number;

for (const [name, run, ...shapes] of CALLS) {
  Deno.test(`the gradient of tf.${name} is what finite differences give`, async () => {
    await onCpu();
    tf.tidy(() => {
      const given = shapes.map((shape, i) => tensor(sample(shape, i + 1)));
      const call = (...tensors: tf.Tensor[]) =>
        run(tensors as unknown as Tensors);
      const y = call(...given);
      const dy = tensor(sample(y.shape, 7));
      const gradients = tf.grads(call)(given, dy);
      for (const [i, x] of given.entries()) {
        assert.deepEqual(gradients[i]?.shape, x.shape);
        const step = tf.mul(tensor(sample(x.shape, 9)), 1e-2);
        const [after, before] = [tf.add(x, step), tf.sub(x, step)].map((
          moved,
        ) => call(...given.with(i, moved))) as [tf.Tensor, tf.Tensor];
        const expected = total(dy, tf.sub(after, before)) / 2;
        const found = total(gradients[i] as tf.Tensor, step);
        assert(
          Math.abs(found - expected) < 2e-5,
          `input ${i}: ${found} for ${expected}`,
        );
      }
    });
  });
}

Deno.test("the gradient of tf.gather() is refused along other axes than the first", async () => {
  await onCpu();
  const rows = tf.tensor1d([0], "int32");
  assert.throws(
    () => tf.grad((x) => tf.gather(x, rows, 1))(tf.ones([2, 3])),
    {
      message:
        "Cannot differentiate tf.gather(): only rows have a gradient; transpose before",
    },
  );
});
