import assert from "node:assert/strict";
import { foldsOf } from "../../../data/images/folds.ts";

const counts = (folds: Uint8Array | undefined, n: number) =>
  Array.from(
    { length: n },
    (_, fold) => folds?.filter((f) => f === fold).length,
  );

Deno.test("foldsOf() gives every fold as many examples of each set", () => {
  const [reference, shifted] = foldsOf([{ n: 30 }, { n: 20 }], {
    folds: 10,
    seed: 1,
  });
  assert.deepEqual(counts(reference, 10), new Array(10).fill(3));
  assert.deepEqual(counts(shifted, 10), new Array(10).fill(2));
});

Deno.test("foldsOf() keeps a group together, in whatever set its examples are", () => {
  const groups = ["a", "b", "c", "a", "b", "c", "d", "d"];
  const [first, second] = foldsOf(
    [{ n: 8, groups }, { n: 2, groups: ["a", "d"] }],
    { folds: 3, seed: 1 },
  );
  for (const [i, group] of groups.entries()) {
    assert.equal(first?.[i], first?.[groups.indexOf(group)]);
  }
  assert.equal(second?.[0], first?.[0]);
  assert.equal(second?.[1], first?.[6]);
  assert.deepEqual(new Set(first), new Set([0, 1, 2]));
});

Deno.test("foldsOf() deals by the seed", () => {
  const dealt = (seed: number) => foldsOf([{ n: 50 }], { folds: 5, seed })[0];
  assert.deepEqual(dealt(1), dealt(1));
  assert.notDeepEqual(dealt(1), dealt(2));
});

Deno.test("foldsOf() refuses folds that cannot be", () => {
  const deal = (folds: number, groups?: readonly string[]) =>
    foldsOf([{ n: 4, groups }], { folds, seed: 1 });
  assert.throws(
    () => deal(1),
    new RangeError("Cannot deal examples into 1 folds: there are 2 to 255"),
  );
  assert.throws(
    () => deal(3, ["a", "a", "b", "b"]),
    new RangeError(
      "Cannot deal 2 groups into 3 folds: there must be as many groups",
    ),
  );
  assert.throws(
    () => deal(2, ["a", "b"]),
    new RangeError("Cannot deal 4 examples into folds: 2 have a group"),
  );
});
