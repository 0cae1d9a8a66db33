import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import {
  equalPairs,
  firstEqualRows,
  shareEqual,
} from "../../../models/asked/equal_rows.ts";
import type { FeatureRows } from "../../../models/asked/feature_rows.ts";

const kind = (dimension: number, values: readonly number[]): FeatureRows => ({
  dimension,
  row: (i) =>
    Float32Array.from(values.slice(i * dimension, (i + 1) * dimension)),
});

Deno.test("firstEqualRows() finds rows that are equal in all features, whatever the sign of 0", () => {
  const two = kind(2, [1, 0, 0, 1, 1, -0, 1, 0, 0, 1]);
  assert.deepEqual(
    [...firstEqualRows([two], 5)],
    [0, 1, 0, 0, 1],
  );
  const one = kind(1, [5, 6, 5, 7, 6]);
  assert.deepEqual(
    [...firstEqualRows([two, one], 5)],
    [0, 1, 0, 3, 1],
  );
});

Deno.test("firstEqualRows() finds what comparing all rows does, also where numbers are not finite", () => {
  const random = stream(3, "rows");
  const CHOICE = [0, -0, 1, 2, 1e-40, Infinity, NaN];
  const n = 400;
  const values = Array.from(
    { length: 3 * n },
    () => CHOICE[random.integer(random.integer(9) === 0 ? 7 : 5)] as number,
  );
  const found = firstEqualRows([kind(3, values)], n);
  const row = (i: number) => Float32Array.from(values.slice(3 * i, 3 * i + 3));
  for (let i = 0; i < n; i++) {
    let first = 0;
    // NaN is equal to nothing.
    while (
      first < i && !row(first).every((value, k) => value === row(i)[k])
    ) first++;
    assert.equal(found[i], first);
  }
});

Deno.test("shareEqual() counts rows that are equal to one of another unit in their range", () => {
  const first = Uint32Array.of(0, 1, 0, 3, 0, 1, 3, 7);
  const share = (
    range: readonly [number, number],
    unitOf = (row: number) => row,
  ) => shareEqual(first, { range, unitOf });
  assert.equal(share([0, 4]), 0.5);
  assert.equal(share([0, 8]), 7 / 8);
  assert.equal(share([4, 8]), 0);
  assert.equal(share([4, 4]), 0);
  // Rows 0 and 2 belong together, and row 4 does not belong to them.
  const unitOf = (row: number) => row === 2 ? 0 : row;
  assert.equal(share([0, 4], unitOf), 0);
  assert.equal(share([0, 5], unitOf), 3 / 5);
});

Deno.test("equalPairs() connects equal rows with a pair for each row and range at most", () => {
  const ranges = [[0, 300], [300, 300], [300, 1000]] as const;
  const pairs = [...equalPairs(new Uint32Array(1000), ranges)];
  assert.equal(pairs.length, 2 * 1000 - 2);
  const withinFirst = pairs.filter(([i, j]) => i < 300 && j < 300);
  assert.deepEqual(
    withinFirst,
    Array.from({ length: 299 }, (_, i) => [0, i + 1]),
  );
  assert.ok(pairs.some(([i, j]) => i === 300 && j === 299));
  assert.deepEqual(
    [...equalPairs(Uint32Array.of(0, 1, 0, 1), [[0, 2], [2, 4]])],
    [[2, 0], [3, 1], [0, 2], [1, 3]],
  );
});
