import assert from "node:assert/strict";
import {
  isMoment,
  isName,
  isSeconds,
  isSize,
  secondsBetween,
} from "../../../engine/store/record_fields.ts";
import { isRest } from "../../../engine/store/record_index.ts";

const REST = {
  stage: "train/scratch 0 – é 🎈",
  outputs: { value: { digest: "1".repeat(64), bytes: 3 } },
  finishedAt: "2020-02-29T00:00:00.000Z",
  seconds: 1.5,
};

Deno.test("isRest() takes a record as runs write them", () => {
  assert.ok(isRest(REST));
  assert.ok(isRest({ ...REST, seconds: 0, outputs: {} }));
});

/** Fields that a record from elsewhere may have. */
const BAD_FIELDS: readonly Readonly<Record<string, unknown>>[] = [
  { finishedAt: "\u001b[31mX" },
  { finishedAt: "yesterday" },
  { finishedAt: "" },
  { finishedAt: "2020-02-30T00:00:00.000Z" },
  { finishedAt: "2020-01-01T25:00:00.000Z" },
  { finishedAt: "+275760-09-13T00:00:00.000Z" },
  { finishedAt: 1.5e12 },
  { seconds: 1e308 },
  { seconds: -1 },
  { seconds: 4e8 },
  { seconds: "1" },
  { seconds: null },
  { stage: "" },
  { stage: "train\u001b[2J" },
  { stage: "train\nagain" },
  { stage: "x".repeat(1001) },
  { stage: "\ud800" },
  { outputs: { value: { digest: "1".repeat(64), bytes: -1 } } },
  { outputs: { value: { digest: "1".repeat(64), bytes: 1.5 } } },
  { outputs: { value: { digest: "1".repeat(64), bytes: 1e300 } } },
  { outputs: { value: { digest: "../../format.json", bytes: 3 } } },
  { outputs: { value: { digest: "1".repeat(65), bytes: 3 } } },
  { outputs: { "val\u001bue": { digest: "1".repeat(64), bytes: 3 } } },
  { outputs: [] },
];

for (const bad of BAD_FIELDS) {
  const text = JSON.stringify(bad);
  Deno.test(`isRest() refuses ${text.slice(0, 70)}`, () => {
    assert.ok(!isRest({ ...REST, ...bad }));
  });
}

Deno.test("secondsBetween() gives what isSeconds() takes, whatever becomes of the clock", () => {
  assert.equal(secondsBetween(1000, 2500), 1.5);
  for (
    const [start, end] of [[5, 3], [0, Date.UTC(2026)], [0, 8e15]] as const
  ) {
    assert.ok(isSeconds(secondsBetween(start, end)));
  }
});

Deno.test("isMoment(), isSize() and isName() refuse what is of another type", () => {
  for (const value of [undefined, null, {}, [], NaN, true]) {
    assert.deepEqual([isMoment(value), isSize(value), isName(value)], [
      false,
      false,
      false,
    ]);
  }
});
