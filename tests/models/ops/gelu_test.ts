import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { gelu } from "../../../models/ops/gelu.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor, TOLERANCE } from "../kernels/samples.ts";
import { onBackends } from "./on_backends.ts";

// erfc(−x/√2)/2 at these places, by Python's math.erfc.
const X = [-3, -1.5, -0.5, 0, 0.25, 1, 2, 4];
const CUMULATIVE = [
  0.0013498980316300933,
  0.06680720126885807,
  0.3085375387259869,
  0.5,
  0.5987063256829237,
  0.8413447460685429,
  0.9772498680518208,
  0.9999683287581669,
];

onBackends("gelu() is x·Φ(x), and its gradient Φ(x) + x·φ(x)", async () => {
  const y = X.map((x, i) => x * (CUMULATIVE[i] as number));
  const dx = X.map((x, i) =>
    (CUMULATIVE[i] as number) +
    x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)
  );
  const x: tf.Tensor = tf.tensor1d(X);
  assert(relativeError(await gelu(x).data(), y) < TOLERANCE);
  const gradient = tf.grad((x) => gelu(x))(x, tf.fill([X.length], 3));
  const expected = dx.map((value) => 3 * value);
  assert(relativeError(await gradient.data(), expected) < TOLERANCE);
});

onBackends(
  "gelu() keeps the shape, also of what does not divide into fours",
  async () => {
    const x: tf.Tensor = tensor(sample([3, 5, 7], 1));
    const y = gelu(x);
    assert.deepEqual(y.shape, [3, 5, 7]);
    const one = gelu(tf.slice(x, [2, 4, 6], [1, 1, 1]));
    assert.equal((await y.data()).at(-1), (await one.data())[0]);
  },
);

onBackends("gelu() is nought or x far from 0, and NaN at NaN", async () => {
  const x: tf.Tensor = tf.tensor1d([-40, -15, 15, 40, NaN, -0]);
  const gradient = tf.grad((x) => gelu(x))(x, tf.fill([6], 2));
  const [y, dx] = [await gelu(x).data(), await gradient.data()];
  const near = (values: ArrayLike<number>, expected: readonly number[]) =>
    expected.every((value, i) =>
      Math.abs((values[i] as number) - value) < 1e-6
    );
  assert(near(y, [0, 0, 15, 40]), `${y}`);
  assert(near(dx, [0, 0, 2, 2]), `${dx}`);
  assert.equal(Number.isNaN(y[4]), true);
  assert.equal(Number.isNaN(dx[4]), true);
  assert(Math.abs(y[5] as number) === 0);
});
