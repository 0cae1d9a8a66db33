import assert from "node:assert/strict";
import {
  count,
  duration,
  roughly,
  ticking,
} from "../../../cli/display/quantities.ts";

Deno.test("duration() grows coarser with length", () => {
  const inputs = [-1, 0.04, 9.94, 9.96, 59.4, 59.6, 125, 3599.6, 7620];
  assert.deepEqual(inputs.map(duration), [
    "0.0 s",
    "0.0 s",
    "9.9 s",
    "10 s",
    "59 s",
    "1 m 00 s",
    "2 m 05 s",
    "1 h 00 m",
    "2 h 07 m",
  ]);
});

Deno.test("ticking() shows whole seconds", () => {
  assert.deepEqual([-2, 3.9, 61.2].map(ticking), ["0 s", "3 s", "1 m 01 s"]);
});

Deno.test("roughly() rounds as much as an estimate deserves", () => {
  assert.deepEqual([0, 0.4, 42, 57, 58, 89, 91, 725, 3580, 7860].map(roughly), [
    "about 0 s",
    "about 5 s",
    "about 45 s",
    "about 60 s",
    "about 1 min",
    "about 1 min",
    "about 2 min",
    "about 12 min",
    "about 1 h 00 min",
    "about 2 h 10 min",
  ]);
});

Deno.test("count() writes one thing without s", () => {
  assert.deepEqual([count(1, "stage"), count(2, "stage")], [
    "1 stage",
    "2 stages",
  ]);
});
