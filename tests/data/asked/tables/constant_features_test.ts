import assert from "node:assert/strict";
import type { AskedTable } from "../../../../data/asked/tables/asked_table.ts";
import { nothingIn } from "../../../../data/asked/tables/constant_features.ts";
import { problems, table } from "./table.ts";

/** Features of sets as rows of a few columns. */
const of = (...sets: readonly (readonly number[])[][]) =>
  sets.map((rows) => ({
    values: Float32Array.from(rows.flat()),
    dimension: rows[0]?.length ?? 0,
  }));

Deno.test("nothingIn() says that columns have one value each, or vary by rounding alone", () => {
  assert.equal(
    nothingIn(of([[1, 0], [1, 0]], [[1, 0]])),
    "all 2 columns have one value each as numbers of 32 bits",
  );
  assert.equal(nothingIn(of([[3], [3]], [[3]])), "the column has one value as numbers of 32 bits");
  assert.match(
    nothingIn(of([[1e9, 1], [1e9 + 64, 1]], [[1e9 + 128, 1]])) ?? "",
    /^all 2 columns vary by no more than numbers of 32 bits are rounded by/,
  );
});

Deno.test("nothingIn() says nothing where a column varies, however large it is, or only from one set to another", () => {
  assert.equal(nothingIn(of([[1, 0], [1, 1]], [[1, 0]])), undefined);
  assert.equal(nothingIn(of([[1], [1]], [[2]])), undefined);
  assert.equal(nothingIn(of([[1e30], [1.1e30]], [[1e30]])), undefined);
  assert.equal(nothingIn(of([[1e-30], [2e-30]], [[1e-30]])), undefined);
  assert.equal(nothingIn([]), undefined);
});

/** What one is told of a table that is used. */
function warned(read: AskedTable) {
  assert.equal(read.kind, "table");
  return read.warnings;
}

Deno.test("askedTable() refuses features that carry nothing, and warns where the shifted ones do not differ", () => {
  const lines = [
    "set,label,m",
    "reference,a,a",
    "reference,b,b",
    "shifted,a,a",
    "shifted,b,b",
  ];
  const own = (values: readonly number[], of: readonly number[] = [1, 1]) => ({
    own: {
      reference: {
        name: "r.npy",
        features: { values: Float32Array.from(of), dimension: 1 },
      },
      shifted: {
        name: "s.npy",
        features: { values: Float32Array.from(values), dimension: 1 },
      },
    },
  });
  assert.deepEqual(problems(table(lines, { features: own([1, 1]) })), [
    'Cannot use features "own": in r.npy and s.npy the column has one value as numbers of 32 bits, so the features carry nothing; give others, or leave them out',
  ]);
  assert.deepEqual(problems(table(lines, { features: own([1, 2]) })), [
    'Cannot use features "own": in r.npy the column has one value as numbers of 32 bits, so the features carry nothing; give others, or leave them out',
  ]);
  assert.deepEqual(warned(table(lines, { features: own([1, 2], [1, 2]) })), []);
  // Of a shifted set alone there is a warning: the others may be told apart.
  assert.deepEqual(warned(table(lines, { features: own([1, 1], [1, 2]) })), [
    {
      text:
        "All 2 rows of s.npy are the same, so that shifted examples look new whatever they are: see whether these are their features.",
      inPublic:
        'All 2 rows of the shifted features "own" are the same, so that shifted examples look new whatever they are: see whether these are their features.',
    },
  ]);
});
