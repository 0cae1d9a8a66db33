import assert from "node:assert/strict";
import { differencesBetween } from "../../../engine/history/compare_artifacts.ts";
import {
  deviation,
  largestDeviation,
  placeInResult,
} from "../../../engine/history/artifact_difference.ts";
import { safetensors } from "../../../engine/define/safetensors.ts";

const bytes = (value: unknown) =>
  new TextEncoder().encode(JSON.stringify(value));

const arrays = (data: Readonly<Record<string, readonly number[]>>) =>
  safetensors.encode({
    arrays: Object.fromEntries(
      Object.entries(data).map(([name, values]) => [
        name,
        { shape: [values.length], data: Float32Array.from(values) },
      ]),
    ),
    metadata: {},
  });

Deno.test("differencesBetween() finds numbers of JSON by path, and what else differs", async () => {
  assert.deepEqual(
    await differencesBetween(
      bytes({ fit: { slope: 1, kept: 2 }, runs: [1, 2], name: "a", old: null }),
      bytes({ fit: { slope: 1.5, kept: 2 }, runs: [1, 3, 4], name: "b" }),
      "json",
    ),
    [
      { kind: "number", path: "fit.slope", before: 1, after: 1.5 },
      { kind: "other", path: "name", before: '"a"', after: '"b"' },
      { kind: "other", path: "old", before: "null" },
      { kind: "number", path: "runs[1]", before: 2, after: 3 },
      { kind: "other", path: "runs[2]", after: "4" },
    ],
  );
});

Deno.test("differencesBetween() compares rows of a table by the texts that they begin with, wherever they stand", async () => {
  const row = (line: string, value: number) => [line, "photo", { value }];
  const rows = [row("one", 1), row("two", 2)];
  assert.deepEqual(
    await differencesBetween(
      bytes({ rows }),
      bytes({ rows: [row("two", 2), row("one", 3)] }),
      "json",
    ),
    [
      {
        kind: "other",
        path: "rows",
        before: '["one, photo","two, photo"]',
        after: '["two, photo","one, photo"]',
      },
      {
        kind: "number",
        path: "rows[one, photo][2].value",
        before: 1,
        after: 3,
      },
    ],
  );
  assert.deepEqual(
    await differencesBetween(bytes(rows), bytes([row("two", 2)]), "json"),
    [{
      kind: "other",
      path: "[one, photo]",
      before: '["one","photo",{"value":1}]',
    }],
  );
  // A text that changed hides no number.
  const renamed = [row("one, n = 4", 3), row("two", 2)];
  assert.deepEqual(
    (await differencesBetween(bytes(rows), bytes(renamed), "json"))
      .map(({ kind, path }) => [kind, path]),
    [["other", "[0][0]"], ["number", "[0][2].value"]],
  );
  // Of two rows with the same texts none is told by them.
  const alike = [row("one", 1), row("one", 2)];
  assert.deepEqual(
    await differencesBetween(bytes(alike), bytes([row("one", 1)]), "json"),
    [{ kind: "other", path: "[1]", before: '["one","photo",{"value":2}]' }],
  );
});

Deno.test("differencesBetween() shows the beginning of what is long", async () => {
  const [one] = await differencesBetween(
    bytes("a".repeat(100)),
    bytes(["a".repeat(100)]),
    "json",
  );
  assert.ok(one?.kind === "other");
  assert.equal(one.before, `"${"a".repeat(58)}…`);
});

Deno.test("differencesBetween() finds the element of an array that moved furthest", async () => {
  assert.deepEqual(
    await differencesBetween(
      arrays({ weights: [1, 2, 300, NaN], same: [5], gone: [1] }),
      arrays({ weights: [1, 2.5, 303, NaN], same: [5], added: [1, 2] }),
      "safetensors",
    ),
    [
      { kind: "other", path: "added", after: "Float32Array [2]" },
      { kind: "other", path: "gone", before: "Float32Array [1]" },
      {
        kind: "array",
        path: "weights",
        moved: 2,
        of: 4,
        before: 2,
        after: 2.5,
      },
    ],
  );
});

Deno.test("differencesBetween() says of other bytes only that they differ", async () => {
  const [a, b] = [Uint8Array.of(1, 2), Uint8Array.of(1, 3)];
  assert.deepEqual(
    await differencesBetween(a, Uint8Array.of(1, 2), "bytes"),
    [],
  );
  assert.deepEqual(await differencesBetween(a, b, "bytes"), [{
    kind: "other",
    path: "",
    before: "2 bytes",
    after: "2 bytes, not the same",
  }]);
});

Deno.test("deviation() is relative for large numbers and absolute for small ones", () => {
  assert.equal(deviation(100, 101), 1 / 101);
  assert.equal(deviation(0.1, 0.2), 0.1);
  assert.equal(deviation(0, -0), 0);
  assert.equal(deviation(NaN, NaN), 0);
  assert.equal(deviation(NaN, 1), Infinity);
  assert.equal(deviation(1, Infinity), Infinity);
});

Deno.test("largestDeviation() is infinite if anything but numbers differs", () => {
  assert.equal(largestDeviation([]), 0);
  const number = { kind: "number", path: "x", before: 0, after: 0.25 } as const;
  assert.equal(largestDeviation([number]), 0.25);
  const other = { kind: "other", path: "x", before: '"a"' } as const;
  assert.equal(largestDeviation([number, other]), Infinity);
});

Deno.test("placeInResult() names the field, unless the result has no other", () => {
  const place = (field: string, path: string) => placeInResult({ field, path });
  assert.equal(place("value", "fit.slope"), "fit.slope");
  assert.equal(place("value", ""), "value");
  assert.equal(place("spread", ""), "spread");
  assert.equal(place("history", "[3].loss"), "history[3].loss");
  assert.equal(place("first", "low"), "first.low");
});
