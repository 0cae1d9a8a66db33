import assert from "node:assert/strict";
import { cifar10 } from "../../../data/datasets/cifar10.ts";
import type { Images } from "../../../data/images/images.ts";
import { mnist } from "../../../data/datasets/mnist.ts";
import { extendReference } from "../../../tasks/datasets/extend_reference.ts";
import {
  loadSubsets,
  type LoadSubsetsArgs,
} from "../../../tasks/datasets/load_subsets.ts";
import { contextOnCpu } from "../context.ts";
import { runTask } from "../run_task.ts";
import { test } from "../../full.ts";

const SIZE = 32 * 32 * 3;
const sizes = {
  reference: 800,
  selection: 200,
  pool: 900,
  refit: 100,
  test: 100,
};

async function load(sizes: LoadSubsetsArgs["sizes"]) {
  return await loadSubsets.task.run(
    { dataset: cifar10, seed: 0, sizes },
    contextOnCpu(),
  );
}

let loading: ReturnType<typeof load> | undefined;

/** The subsets, loaded once for all tests of this file. */
function cifar10Subsets(): ReturnType<typeof load> {
  return loading ??= load(sizes);
}

/** The pixels of each image as text. */
function pictures({ images, labels }: Images): string[] {
  const decoder = new TextDecoder("latin1");
  return Array.from(
    labels,
    (_, i) => decoder.decode(images.subarray(i * SIZE, (i + 1) * SIZE)),
  );
}

test.inFull("loadSubsets() gives disjoint subsets of CIFAR-10's training images and the start of the test images", async () => {
  const found = Object.entries(await cifar10Subsets());
  assert.deepEqual(
    found.map(([name, subset]) => [name, subset.labels.length]),
    Object.entries(sizes),
  );
  assert.equal(
    new Set(found.flatMap(([, subset]) => pictures(subset))).size,
    2100,
  );
});

Deno.test("loadSubsets() throws when more test images are asked for than CIFAR-10 has", async () => {
  await assert.rejects(() => load({ ...sizes, test: 10_001 }), {
    name: "RangeError",
    message: "Cannot take 10001 test images: CIFAR-10 has 10000",
  });
});

test.inFull("extendReference() goes on with the pool and leaves out the selection set", async () => {
  const { reference, selection, pool } = await cifar10Subsets();
  const extend = (n: number) =>
    extendReference.task.run({ reference, pool, n }, contextOnCpu());
  const [smaller, larger] = await Promise.all([extend(600), extend(1600)]);
  assert.deepEqual(
    pictures(larger),
    [...pictures(reference), ...pictures(pool).slice(0, 800)],
  );
  assert.deepEqual(pictures(smaller), pictures(larger).slice(0, 600));
  const seen = new Set(pictures(larger));
  assert.ok(seen.isDisjointFrom(new Set(pictures(selection))));
});

const few = { reference: 30, selection: 20, pool: 40, refit: 0, test: 10 };

Deno.test("loadSubsets() gives disjoint subsets of MNIST; smaller ones begin larger ones", async () => {
  const subsets = await runTask(loadSubsets, {
    dataset: mnist,
    seed: 0,
    sizes: few,
  });
  const { reference, selection, pool, test } = subsets;
  assert.deepEqual(
    [reference, selection, pool, test].map(({ labels }) => labels.length),
    [30, 20, 40, 10],
  );
  const looks = [reference, selection, pool].flatMap(({ images }) =>
    Array.from(
      { length: images.length / 784 },
      (_, i) => images.subarray(784 * i, 784 * (i + 1)).join(),
    )
  );
  assert.equal(new Set(looks).size, 90);
  const smaller = await runTask(loadSubsets, {
    dataset: mnist,
    seed: 0,
    sizes: { ...few, reference: 10 },
  });
  assert.deepEqual(
    smaller.reference.images,
    reference.images.subarray(0, 10 * 784),
  );
  // The official test set begins with these digits.
  assert.deepEqual([...test.labels], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
});

Deno.test("loadSubsets() throws when more test images are asked for than MNIST has", async () => {
  await assert.rejects(
    () =>
      runTask(loadSubsets, {
        dataset: mnist,
        seed: 0,
        sizes: { ...few, test: 10_001 },
      }),
    {
      name: "RangeError",
      message: "Cannot take 10001 test images: MNIST has 10000",
    },
  );
});
