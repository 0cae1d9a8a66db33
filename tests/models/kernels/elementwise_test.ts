import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import fc from "../../property.ts";
import { broadcastLoops } from "../../../models/kernels/wasm/elementwise.ts";
import { devicesOf, onKernels } from "./on_kernels.ts";
import { type Values } from "./reference.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor, TOLERANCE } from "./samples.ts";

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
  onKernels(
    `tf.${name}() rounds the exact result once, with and without broadcasting`,
    async () => {
      for (const [left, right] of SHAPES) {
        const [a, b] = [sample(left, 1), sample(right, 2)];
        const y = tf[name as keyof typeof OPERATIONS](tensor(a), tensor(b));
        const expected = Float32Array.from(
          { length: y.size },
          (_, i) => operation(at(a, i, y.shape), at(b, i, y.shape)),
        );
        const actual = await y.data() as Float32Array;
        const what = `[${left}] and [${right}]`;
        // WGSL lets a quotient be off by 2.5 units in the last place.
        if (name === "div" && tf.getBackend() === "webgpu") {
          const error = relativeError(actual, expected);
          assert.ok(error < TOLERANCE, `${what}: ${error}`);
        } else assert.deepEqual(actual, expected, what);
        y.dispose();
      }
    },
    { devices: devicesOf({ few: name === "div" || name === "maximum" }) },
  );
}

/** Value `i` of `part` broadcast to `shape`. */
function at(part: Values, i: number, shape: readonly number[]): number {
  let place = 0;
  let stride = 1;
  let rest = i;
  for (let axis = 1; axis <= shape.length; axis++) {
    const size = shape.at(-axis) as number;
    const own = part.shape.at(-axis) ?? 1;
    if (axis <= part.shape.length && own > 1) place += (rest % size) * stride;
    if (axis <= part.shape.length) stride *= own;
    rest = Math.floor(rest / size);
  }
  return part.data[place] as number;
}

Deno.test("broadcastLoops() names every value of the broadcast operand in order", () => {
  const axis = fc.record({
    size: fc.integer({ min: 1, max: 4 }),
    has: fc.boolean(),
  });
  let tried = 0;
  fc.assert(fc.property(fc.array(axis, { maxLength: 5 }), (axes) => {
    const shape = axes.map(({ size }) => size);
    const part = axes.map(({ size, has }) => has ? size : 1);
    const loops = broadcastLoops(shape, part);
    if (loops === undefined) return;
    tried++;
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
    const values = {
      shape: part,
      data: Float64Array.from({ length: n }, (_, i) => i),
    };
    const size = shape.reduce((product, size) => product * size, 1);
    const expected = Array.from(
      { length: size },
      (_, i) => at(values, i, shape),
    );
    assert.deepEqual(visited, expected);
  }));
  assert.ok(tried > 50, `${tried}`);
});

onKernels("tf.relu() and its gradient keep what is positive", async () => {
  const x = tf.tensor1d([-1, 0, 2, NaN, 3, -4]);
  const dy = tf.tensor1d([1, 2, 3, 4, 6, 7]);
  assert.deepEqual(await numbers(tf.relu(x)), [0, 0, 2, NaN, 3, 0]);
  const dx = tf.grad((x) => tf.relu(x))(x, dy);
  assert.deepEqual(await numbers(dx), [0, 0, 3, 0, 6, 0]);
});

onKernels("tf.step(), tf.square() and tf.neg() map every value", async () => {
  const x = tf.tensor1d([-1.5, 0, 2, 3]);
  assert.deepEqual(await numbers(tf.step(x)), [0, 0, 1, 1]);
  assert.deepEqual(await numbers(tf.square(x)), [2.25, 0, 4, 9]);
  assert.deepEqual(await numbers(tf.neg(x)), [1.5, 0, -2, -3]);
});

onKernels(
  "tf.relu(), tf.step() and tf.neg() keep NaN and the sign of zero",
  async () => {
    // Once in fours, once not.
    for (const more of [[], [-Infinity], [-Infinity, Infinity, -1e-40]]) {
      const x = tf.tensor1d([-0, 0, NaN, ...more]);
      const maps = {
        relu: [0, 0, NaN, 0, Infinity, 0],
        step: [0, 0, NaN, 0, 1, 0],
        neg: [0, -0, NaN, Infinity, -Infinity, Math.fround(1e-40)],
      } as const;
      for (const [name, expected] of Object.entries(maps)) {
        const y = tf[name as keyof typeof maps](x);
        assert.deepEqual([...await y.data()], expected.slice(0, x.size), name);
      }
    }
  },
);

onKernels(
  "tf.relu6() cuts at 0 and 6 and keeps NaN; tf.step() takes another slope",
  async () => {
    const x = tf.tensor1d([-Infinity, -0, 2.5, 6.5, Infinity, NaN, 6, -2]);
    assert.deepEqual(
      [...await tf.relu6(x).data()],
      [0, 0, 2.5, 6, 6, NaN, 6, 0],
    );
    assert.deepEqual(
      [...await tf.step(x, 0.25).data()],
      [0.25, 0.25, 1, 1, 1, NaN, 1, 0.25],
    );
  },
  { devices: ["webgpu-software"] }, // on wasm tfjs computes these
);

onKernels("tf.addN() adds the tensors in their order", async () => {
  const tensors = [1, 2, 3].map((seed) => tensor(sample([3, 7], seed)));
  const [a, b, c] = tensors as [tf.Tensor, tf.Tensor, tf.Tensor];
  assert.deepEqual(
    await numbers(tf.addN(tensors)),
    await numbers(tf.add(tf.add(a, b), c)),
  );
});

onKernels("tf.add() leaves integers to tfjs", async () => {
  const y = tf.add(tf.tensor1d([1, 2], "int32"), tf.scalar(3, "int32"));
  assert.equal(y.dtype, "int32");
  assert.deepEqual(await numbers(y), [4, 5]);
});

/** The values, with one zero for both. */
async function numbers(tensor: tf.Tensor): Promise<number[]> {
  return Array.from(await tensor.data(), (value) => value + 0);
}
