import assert from "node:assert/strict";
import { mnist, readMnist } from "../../../data/datasets/mnist.ts";

Deno.test("readMnist() gives MNIST: published sizes and numbers of each digit", async () => {
  // The files are checked against the SHA-256 digests of the dataset as they are read.
  const { train, test } = await readMnist();
  assert.deepEqual(train.shape, [28, 28, 1]);
  const count = (labels: ArrayLike<number>) => {
    const counts = new Array<number>(10).fill(0);
    for (const label of Array.from(labels)) {
      counts[label] = (counts[label] ?? 0) + 1;
    }
    return counts;
  };
  assert.deepEqual(
    count(train.labels),
    [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
  );
  assert.deepEqual(
    count(test.labels),
    [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
  );
  assert.equal(train.images.length, mnist.sizes.train * 28 * 28);
  assert.equal(test.images.length, mnist.sizes.test * 28 * 28);
  // Mean and deviation of the training images as they are always quoted.
  let [sum, squares] = [0, 0];
  for (const value of train.images) {
    sum += value;
    squares += value * value;
  }
  const n = train.images.length;
  const mean = sum / n / 255;
  assert.ok(Math.abs(mean - 0.1307) < 5e-5);
  assert.ok(
    Math.abs(Math.sqrt(squares / n / 255 ** 2 - mean ** 2) - 0.3081) < 5e-5,
  );
});
