import assert from "node:assert/strict";
import fc from "../../property.ts";
import { cifar10Layout } from "../../../data/datasets/cifar10.ts";
import { drawSubsets } from "../../../data/datasets/subsets.ts";

const small = {
  reference: { start: 0, end: 4 },
  pool: { start: 6, end: 10 },
} as const;

Deno.test("drawSubsets() gives disjoint subsets that cover all images of CIFAR-10", () => {
  const subsets = drawSubsets(cifar10Layout, { n: 50_000, seed: 0 });
  assert.deepEqual(
    Object.entries(subsets).map(([name, subset]) => [name, subset.length]),
    [["reference", 20_000], ["selection", 2_000], ["pool", 24_000], [
      "refit",
      4000,
    ]],
  );
  const all = Object.values(subsets).flatMap((subset) => [...subset]);
  assert.equal(new Set(all).size, 50_000);
  assert.ok(all.every((index) => index < 50_000));
});

Deno.test("drawSubsets() gives a prefix when fewer images are asked for", () => {
  fc.assert(fc.property(
    fc.integer(),
    fc.nat(4),
    fc.nat(4),
    (seed, reference, pool) => {
      const all = drawSubsets(small, { n: 10, seed });
      const sizes = { reference, pool };
      const fewer = drawSubsets(small, { n: 10, seed, sizes });
      assert.deepEqual(fewer.reference, all.reference.slice(0, reference));
      assert.deepEqual(fewer.pool, all.pool.slice(0, pool));
    },
  ));
});

Deno.test("drawSubsets() gives the same subsets for the same seed and others for another", () => {
  const subsets = drawSubsets(cifar10Layout, { n: 50_000, seed: 1 });
  assert.deepEqual(subsets, drawSubsets(cifar10Layout, { n: 50_000, seed: 1 }));
  assert.notDeepEqual(
    subsets,
    drawSubsets(cifar10Layout, { n: 50_000, seed: 2 }),
  );
});

Deno.test("drawSubsets() keeps its subsets for seed 0", () => {
  const { reference, pool } = drawSubsets(cifar10Layout, {
    n: 50_000,
    seed: 0,
  });
  assert.deepEqual([...reference.slice(0, 4)], [10_400, 20_382, 6_913, 32_728]);
  assert.deepEqual([...pool.slice(0, 4)], [19_158, 39_045, 48_648, 32_690]);
});

Deno.test("drawSubsets() throws when two subsets overlap", () => {
  const layout = { a: { start: 0, end: 5 }, b: { start: 4, end: 6 } };
  assert.throws(() => drawSubsets(layout, { n: 10, seed: 0 }), {
    name: "RangeError",
    message: 'Cannot cut 10 images into subsets: "a" and "b" overlap',
  });
});

Deno.test("drawSubsets() throws when a subset reaches past the images", () => {
  assert.throws(() => drawSubsets(small, { n: 9, seed: 0 }), {
    name: "RangeError",
    message: 'Cannot cut 9 images into subsets: "pool" is 6 to 10',
  });
});

Deno.test("drawSubsets() throws when a subset holds fewer images than asked for", () => {
  assert.throws(
    () => drawSubsets(small, { n: 10, seed: 0, sizes: { reference: 5 } }),
    {
      name: "RangeError",
      message: 'Cannot take 5 images as subset "reference": it holds 4',
    },
  );
});
