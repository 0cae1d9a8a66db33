import assert from "node:assert/strict";
import type { Images } from "../../data/images.ts";
import { extendReference } from "../../tasks/extend_reference.ts";
import { loadCifar10, type LoadCifar10Args } from "../../tasks/load_cifar10.ts";
import { contextOnCpu } from "./context.ts";

const SIZE = 32 * 32 * 3;
const sizes = { reference: 800, selection: 200, pool: 1000, test: 100 };

async function load(sizes: LoadCifar10Args["sizes"]) {
  return await loadCifar10.task.run({ seed: 0, sizes }, contextOnCpu());
}

let loading: ReturnType<typeof load> | undefined;

/** The parts, loaded once for all tests of this file. */
function parts(): ReturnType<typeof load> {
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

Deno.test("loadCifar10() gives disjoint parts of the training images and the start of the test images", async () => {
  const found = Object.entries(await parts());
  assert.deepEqual(
    found.map(([name, part]) => [name, part.labels.length]),
    Object.entries(sizes),
  );
  assert.equal(new Set(found.flatMap(([, part]) => pictures(part))).size, 2100);
});

Deno.test("loadCifar10() throws when more test images are asked for than there are", async () => {
  await assert.rejects(() => load({ ...sizes, test: 10_001 }), {
    name: "RangeError",
    message: "Cannot take 10001 test images: CIFAR-10 has 10000",
  });
});

Deno.test("extendReference() goes on with the pool and leaves out the selection set", async () => {
  const { reference, selection, pool } = await parts();
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
