import assert from "node:assert/strict";
import {
  type PackedSet,
  packedSet,
} from "../../../data/asked/sets/packed_set.ts";
import { readSets } from "../../../tasks/asked/read_sets.ts";
import { runTask } from "../run_task.ts";

/** A set of that many images, half of each class, called by their numbers. */
function packed(
  n: number,
  { classes = ["cat", "owl"], groups = null }: {
    readonly classes?: readonly string[];
    readonly groups?: readonly string[] | null;
  } = {},
): Uint8Array {
  const set: PackedSet = {
    images: Uint8Array.from({ length: 3 * n }, (_, i) => Math.floor(i / 3)),
    side: 1,
    labels: Int32Array.from({ length: n }, (_, i) => i % 2),
    classes,
    groups,
    names: Array.from({ length: n }, (_, i) => `${i}`),
    widths: new Int32Array(n),
    heights: new Int32Array(n),
    bytes: new Int32Array(n),
    types: new Uint8Array(n),
    found: n,
    leftOut: [],
  };
  return packedSet.encode(set);
}

const args = {
  reference: packed(50),
  shifted: packed(20),
  classes: "same" as const,
};

Deno.test("readSets() gives the sets as they are where there is a test set", async () => {
  const sets = await runTask(readSets, { ...args, test: packed(30) });
  assert.deepEqual(
    [sets.reference, sets.test, sets.shifted].map(({ names }) => names.length),
    [50, 30, 20],
  );
});

Deno.test("readSets() holds out a fifth of the reference where there is no test set, the same each time", async () => {
  const { reference, test } = await runTask(readSets, args);
  assert.deepEqual([reference.names.length, test.names.length], [40, 10]);
  assert.deepEqual(
    reference.names.concat(test.names).map(Number).sort((a, b) => a - b),
    Array.from({ length: 50 }, (_, i) => i),
  );
  assert.deepEqual(
    [...test.images].filter((_, i) => i % 3 === 0),
    test.names.map(Number),
  );
  assert.deepEqual((await runTask(readSets, args)).test, test);
});

Deno.test("readSets() holds out whole groups", async () => {
  const groups = Array.from({ length: 50 }, (_, i) => `g${i % 7}`);
  const { reference, test } = await runTask(readSets, {
    ...args,
    reference: packed(50, { groups }),
  });
  assert(test.names.length >= 10 && test.names.length <= 16);
  assert(!reference.groups?.some((group) => test.groups?.includes(group)));
});

Deno.test("readSets() says which classes differ", async () => {
  await assert.rejects(
    async () =>
      await runTask(readSets, {
        ...args,
        shifted: packed(20, { classes: ["cat", "cow"] }),
      }),
    /class "cow" is in shifted and not in reference\n.*class "owl"/,
  );
});
