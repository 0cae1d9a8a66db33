import assert from "node:assert/strict";
import fc from "fast-check";
import { cifar10Layout } from "../../../data/datasets/cifar10.ts";
import { split } from "../../../data/datasets/splits.ts";

const small = {
  reference: { start: 0, end: 4 },
  pool: { start: 6, end: 10 },
} as const;

Deno.test("split() gives disjoint parts that cover all images of CIFAR-10", () => {
  const parts = split(cifar10Layout, { n: 50_000, seed: 0 });
  assert.deepEqual(
    Object.entries(parts).map(([name, part]) => [name, part.length]),
    [["reference", 8_000], ["spare", 2_000], ["selection", 2_000], [
      "pool",
      38_000,
    ]],
  );
  const all = Object.values(parts).flatMap((part) => [...part]);
  assert.equal(new Set(all).size, 50_000);
  assert.ok(all.every((index) => index < 50_000));
});

Deno.test("split() gives a prefix when fewer images are asked for", () => {
  fc.assert(fc.property(
    fc.integer(),
    fc.nat(4),
    fc.nat(4),
    (seed, reference, pool) => {
      const all = split(small, { n: 10, seed });
      const sizes = { reference, pool };
      const fewer = split(small, { n: 10, seed, sizes });
      assert.deepEqual(fewer.reference, all.reference.slice(0, reference));
      assert.deepEqual(fewer.pool, all.pool.slice(0, pool));
    },
  ));
});

Deno.test("split() gives the same parts for the same seed and others for another", () => {
  const parts = split(cifar10Layout, { n: 50_000, seed: 1 });
  assert.deepEqual(parts, split(cifar10Layout, { n: 50_000, seed: 1 }));
  assert.notDeepEqual(parts, split(cifar10Layout, { n: 50_000, seed: 2 }));
});

Deno.test("split() keeps its parts for seed 0", () => {
  const { reference, pool } = split(cifar10Layout, { n: 50_000, seed: 0 });
  assert.deepEqual([...reference.slice(0, 4)], [10_400, 20_382, 6_913, 32_728]);
  assert.deepEqual([...pool.slice(0, 4)], [36_403, 30_277, 33_757, 47_588]);
});

Deno.test("split() throws when two parts overlap", () => {
  const layout = { a: { start: 0, end: 5 }, b: { start: 4, end: 6 } };
  assert.throws(() => split(layout, { n: 10, seed: 0 }), {
    name: "RangeError",
    message: 'Cannot split 10 images: parts "a" and "b" overlap',
  });
});

Deno.test("split() throws when a part reaches past the images", () => {
  assert.throws(() => split(small, { n: 9, seed: 0 }), {
    name: "RangeError",
    message: 'Cannot split 9 images: part "pool" is 6 to 10',
  });
});

Deno.test("split() throws when a part holds fewer images than asked for", () => {
  assert.throws(
    () => split(small, { n: 10, seed: 0, sizes: { reference: 5 } }),
    {
      name: "RangeError",
      message: 'Cannot take 5 images as part "reference": it holds 4',
    },
  );
});
