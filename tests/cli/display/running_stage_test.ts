import assert from "node:assert/strict";
import {
  advance,
  fractionOf,
  newNotes,
  secondsLeft,
} from "../../../cli/display/running_stage.ts";

const epoch = (done: number, total = 10) => ({ unit: "epoch", done, total });

Deno.test("secondsLeft() goes by the speed so far", () => {
  let stage = advance({ name: "a", started: 0 }, {
    at: 1000,
    progress: epoch(0),
  });
  stage = advance(stage, { at: 9000, progress: epoch(2) });
  assert.equal(secondsLeft(stage, 9000), 32);
});

Deno.test("secondsLeft() counts down between two readings, not below zero", () => {
  let stage = advance({ name: "a", started: 0 }, { at: 0, progress: epoch(0) });
  stage = advance(stage, { at: 8000, progress: epoch(8) });
  assert.equal(secondsLeft(stage, 9000), 1);
  assert.equal(secondsLeft(stage, 60_000), 0);
});

Deno.test("secondsLeft() does not take the work of an earlier run for speed", () => {
  let stage = advance({ name: "a", started: 0 }, {
    at: 1000,
    progress: epoch(8),
  });
  assert.equal(secondsLeft(stage, 1000), undefined);
  stage = advance(stage, { at: 11_000, progress: epoch(9) });
  assert.equal(secondsLeft(stage, 11_000), 10);
});

Deno.test("secondsLeft() starts anew when another thing is counted", () => {
  let stage = advance({ name: "a", started: 0 }, { at: 0, progress: epoch(0) });
  stage = advance(stage, { at: 1000, progress: epoch(10) });
  stage = advance(stage, {
    at: 2000,
    progress: { unit: "test set", done: 1, total: 4 },
  });
  assert.equal(secondsLeft(stage, 2000), undefined);
});

Deno.test("fractionOf() lies between 0 and 1", () => {
  const stage = { name: "a", started: 0 };
  assert.equal(fractionOf(stage), undefined);
  const over = advance(stage, { at: 0, progress: epoch(11) });
  assert.equal(fractionOf(over), 1);
  const none = advance(stage, { at: 0, progress: epoch(0, 0) });
  assert.equal(fractionOf(none), undefined);
});

Deno.test("newNotes() holds once for each text and never for none", () => {
  const isNew = newNotes();
  assert.equal(isNew(undefined), false);
  assert.equal(isNew("webgpu has no fast kernel for AdamW"), true);
  assert.equal(isNew("webgpu has no fast kernel for AdamW"), false);
  assert.equal(isNew("another"), true);
});
