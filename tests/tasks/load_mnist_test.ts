import assert from "node:assert/strict";
import { loadMnist } from "../../tasks/load_mnist.ts";
import { runTask } from "./run_task.ts";

const sizes = { reference: 30, selection: 20, pool: 40, test: 10 };

Deno.test("loadMnist() gives disjoint parts; smaller ones begin larger ones", async () => {
  const parts = await runTask(loadMnist, { seed: 0, sizes });
  const { reference, selection, pool, test } = parts;
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
  const smaller = await runTask(loadMnist, {
    seed: 0,
    sizes: { ...sizes, reference: 10 },
  });
  assert.deepEqual(
    smaller.reference.images,
    reference.images.subarray(0, 10 * 784),
  );
  // The official test set begins with these digits.
  assert.deepEqual([...test.labels], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
});

Deno.test("loadMnist() throws when more test images are asked for than there are", async () => {
  await assert.rejects(
    () => runTask(loadMnist, { seed: 0, sizes: { ...sizes, test: 10_001 } }),
    {
      name: "RangeError",
      message: "Cannot take 10001 test images: MNIST has 10000",
    },
  );
});
