import assert from "node:assert/strict";
import {
  byteSize,
  counted,
  daysText,
  levelText,
  whenText,
} from "../../../reports/value/wording.ts";

Deno.test("levelText() has the decimals that a level needs, and no more", () => {
  assert.equal(levelText(0.95), "95%");
  assert.equal(levelText(0.995), "99.5%");
  assert.equal(levelText(0.9999), "99.99%");
  assert.equal(levelText(0.99999), "99.999%");
  assert.equal(levelText(0.00001), "0.001%");
});

Deno.test("byteSize() uses decimal units", () => {
  assert.deepEqual([0, 999, 1000, 99_960, 170_500_000, 3e15].map(byteSize), [
    "0 B",
    "999 B",
    "1.0 kB",
    "100 kB",
    "171 MB",
    "3000 TB",
  ]);
});

Deno.test("counted() writes one thing without s, and many with commas", () => {
  assert.deepEqual([1, 2, 12_345].map((n) => counted(n, "stage")), [
    "1 stage",
    "2 stages",
    "12,345 stages",
  ]);
});

Deno.test("whenText() tells a moment to the minute", () => {
  assert.equal(whenText("2026-01-02T03:04:05.678Z"), "2026-01-02 03:04 UTC");
});

Deno.test("daysText() tells the first and the last day of a run, once where they are one", () => {
  const started = "2026-01-02T23:04:05.678Z";
  assert.equal(daysText({ started }), "2026-01-02");
  assert.equal(
    daysText({ started, finished: "2026-01-02T23:59:00.000Z" }),
    "2026-01-02",
  );
  assert.equal(
    daysText({ started, finished: "2026-01-03T00:01:00.000Z" }),
    "2026-01-02 to 2026-01-03",
  );
});
