import assert from "node:assert/strict";
import { type Images, take } from "../../../data/images/images.ts";
import { extendReference } from "../../../tasks/datasets/extend_reference.ts";
import { contextOnCpu } from "../context.ts";

/** Images of one pixel with the given values. */
function pixels(...values: number[]): Images {
  return {
    images: Uint8Array.from(values),
    labels: Uint8Array.from(values, (value) => value % 2),
    shape: [1, 1, 1],
    classes: ["even", "odd"],
  };
}

const subsets = { reference: pixels(1, 2, 3), pool: pixels(7, 8) };
const extend = async (n: number) =>
  await extendReference.task.run({ ...subsets, n }, contextOnCpu());
const all = pixels(1, 2, 3, 7, 8);

Deno.test("extendReference() begins with the reference set and goes on with the pool", async () => {
  for (let n = 0; n <= 5; n++) {
    const first = Array.from({ length: n }, (_, i) => i);
    assert.deepEqual(
      await extend(n),
      take(all, first),
    );
  }
});

Deno.test("extendReference() throws when reference and pool hold too few images", async () => {
  for (const n of [6, -1, 1.5]) {
    await assert.rejects(extend(n), {
      name: "RangeError",
      message: `Cannot take ${n} reference images: reference and pool hold 5`,
    });
  }
});
