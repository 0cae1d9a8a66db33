import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import * as fc from "fast-check";
import { broadcastLoops } from "../../../models/kernels/wasm/elementwise.ts";
import { registerWasmKernels } from "../../../models/kernels/wasm/register.ts";
import { sample, tensor } from "./samples.ts";
import { startWasmBackend } from "./wasm_backend.ts";

await startWasmBackend();
await registerWasmKernels();

const OPERATIONS = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  maximum: Math.max,
  minimum: Math.min,
} as const;

const SHAPES: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[7], [7]],
  [[2, 3, 5], [1]],
  [[], [3, 3]],
  [[2, 3, 4, 5], [5]],
  [[8], [4, 3, 8]],
  [[2, 3, 9], [2, 3, 1]],
  [[4, 1, 1, 6], [4, 3, 2, 6]],
  [[2, 32, 32, 3], [3]], // a short run, often
  [[5], [64, 48, 5]],
  [[8, 16, 16, 24], [24]],
  [[2, 1027, 3], [3]],
  [[1025, 70], [70]],
  [[2, 3, 4], [3, 1]],
  [[2, 3, 4, 5], [3, 1, 5]],
  [[3, 1], [1, 4]], // neither operand is whole: left to tfjs
  [[2, 1, 3, 1, 5], [2, 4, 3, 2, 5]], // too many alternations: left to tfjs
];

for (const [name, operation] of Object.entries(OPERATIONS)) {
  Deno.test(`tf.${name}() rounds the exact result once, with and without broadcasting`, () => {
    for (const [left, right] of SHAPES) {
      tf.tidy(() => {
        const a = tensor(sample(left, 1));
        const b = tensor(sample(right, 2));
        const y = tf[name as keyof typeof OPERATIONS](a, b);
        const wholeA = tf.broadcastTo(a, y.shape).dataSync();
        const wholeB = tf.broadcastTo(b, y.shape).dataSync();
        const expected = wholeA.map((value, i) =>
          operation(value, wholeB[i] as number)
        );
        assert.deepEqual(y.dataSync(), expected, `[${left}] and [${right}]`);
      });
    }
  });
}

Deno.test("broadcastLoops() names every value of the broadcast operand in order", () => {
  const axis = fc.record({
    size: fc.integer({ min: 1, max: 4 }),
    has: fc.boolean(),
  });
  fc.assert(fc.property(fc.array(axis, { maxLength: 5 }), (axes) => {
    const shape = axes.map(({ size }) => size);
    const part = axes.map(({ size, has }) => has ? size : 1);
    const loops = broadcastLoops(shape, part);
    if (loops === undefined) return;
    const [outer, groups, repeats, run] = loops;
    const visited: number[] = [];
    for (let o = 0; o < outer; o++) {
      for (let g = 0; g < groups; g++) {
        for (let r = 0; r < repeats; r++) {
          for (let i = 0; i < run; i++) visited.push(g * run + i);
        }
      }
    }
    const n = part.reduce((product, size) => product * size, 1);
    const expected = tf.tidy(() =>
      tf.broadcastTo(tf.range(0, n).reshape(part), shape).dataSync()
    );
    assert.deepEqual(visited, [...expected]);
  }));
});

Deno.test("tf.relu() and its gradient keep what is positive", () => {
  tf.tidy(() => {
    const x = tf.tensor1d([-1, 0, 2, NaN, -0, 3, -4]);
    const dy = tf.tensor1d([1, 2, 3, 4, 5, 6, 7]);
    const [first, second, third, fourth, ...rest] = tf.relu(x).dataSync();
    assert.deepEqual([first, second, third, ...rest], [0, 0, 2, 0, 3, 0]);
    assert.equal(fourth, NaN);
    const dx = tf.grad((x) => tf.relu(x))(x, dy);
    assert.deepEqual([...dx.dataSync()], [0, 0, 3, 0, 0, 6, 0]);
  });
});

Deno.test("tf.step(), tf.square() and tf.neg() map every value", () => {
  tf.tidy(() => {
    const x = tf.tensor1d([-1.5, 0, 2, NaN, 3]);
    assert.deepEqual([...tf.step(x).dataSync()], [0, 0, 1, NaN, 1]);
    assert.deepEqual([...tf.square(x).dataSync()], [2.25, 0, 4, NaN, 9]);
    assert.deepEqual([...tf.neg(x).dataSync()], [1.5, -0, -2, NaN, -3]);
  });
});

Deno.test("tf.addN() adds the tensors in their order", () => {
  tf.tidy(() => {
    const tensors = [1, 2, 3].map((seed) => tensor(sample([3, 7], seed)));
    const [a, b, c] = tensors as [tf.Tensor, tf.Tensor, tf.Tensor];
    assert.deepEqual(
      tf.addN(tensors).dataSync(),
      tf.add(tf.add(a, b), c).dataSync(),
    );
  });
});

Deno.test("tf.add() leaves integers to tfjs", () => {
  tf.tidy(() => {
    const y = tf.add(tf.tensor1d([1, 2], "int32"), tf.scalar(3, "int32"));
    assert.equal(y.dtype, "int32");
    assert.deepEqual([...y.dataSync()], [4, 5]);
  });
});
