import assert from "node:assert/strict";
import { featureRows } from "../../../models/asked/feature_rows.ts";
import { unitRows } from "../../../models/asked/near_rows.ts";

const setOf = (
  features: Readonly<Record<string, readonly [number, readonly number[]]>>,
  n: number,
) => ({
  n,
  features: Object.fromEntries(
    Object.entries(features).map(([name, [dimension, values]]) => [
      name,
      { dimension, values: Float32Array.from(values) },
    ]),
  ),
});

Deno.test("featureRows() gives rows of all sets where they lie, of kinds that all sets have", () => {
  const first = setOf({ a: [2, [1, 2, 3, 4]], b: [1, [5, 6]] }, 2);
  const second = setOf({ c: [1, [0]], a: [2, [7, 8]] }, 1);
  const kinds = featureRows([first, second]);
  assert.deepEqual(Object.keys(kinds), ["a"]);
  const { a } = kinds;
  assert.ok(a !== undefined);
  assert.equal(a.dimension, 2);
  assert.deepEqual([0, 1, 2].map((i) => [...a.row(i)]), [[1, 2], [3, 4], [
    7,
    8,
  ]]);
  assert.equal(a.row(2).buffer, second.features["a"]?.values.buffer);
  assert.throws(() => a.row(3), RangeError);
  assert.deepEqual(featureRows([]), {});
});

Deno.test("unitRows() standardises over all sets to rows of length 1, and leaves what it reads as it is", () => {
  const values = [[1, 5, 4], [3, 5, -2], [8, 5, 1]];
  const sets = [
    setOf({ x: [3, [...values[0] ?? [], ...values[1] ?? []]] }, 2),
    setOf({ x: [3, values[2] ?? []] }, 1),
  ];
  const { x } = featureRows(sets);
  assert.ok(x !== undefined);
  const units = unitRows(x, 3);
  const row = new Float32Array(units.dimension);
  const middles = [4, 5, 1];
  // The second feature is the same everywhere.
  const scales = [1 / Math.sqrt(26 / 3), 0, 1 / Math.sqrt(6)];
  for (const [i, own] of values.entries()) {
    units.read(i, row);
    const standard = own.map((value, k) =>
      (value - (middles[k] ?? NaN)) * (scales[k] ?? NaN)
    );
    const length = Math.hypot(...standard);
    assert.deepEqual(
      [...row].map((value) => value.toFixed(6)),
      standard.map((value) => (value / length).toFixed(6)),
    );
  }
  assert.deepEqual([0, 1, 2].map((i) => [...x.row(i)]), values);
});
