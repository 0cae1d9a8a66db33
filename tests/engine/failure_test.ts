import assert from "node:assert/strict";
import { StageError, UpstreamError } from "../../engine/define/error.ts";
import { CHAIN } from "./chain.ts";
import { newRig } from "./rig.ts";
import { test } from "../full.ts";

const FORK = {
  "tasks.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
const result = json(z.number());
export const fails = defineTask({
  module: import.meta.url, name: "fails", result,
  run: (): number => { count("fails"); throw new RangeError("the loss is NaN", { cause: "epoch 3" }); },
});
export const failsInWorker = defineTask({
  module: import.meta.url, name: "failsInWorker", result,
  run: (): number => { count("failsInWorker"); throw new RangeError("the loss is NaN", { cause: new Error("epoch 3") }); },
});
export const one = defineTask({
  module: import.meta.url, name: "one", result,
  run: ({ x }: { x: number }) => { count("one"); return x + 1; },
});
export const sum = defineTask({
  module: import.meta.url, name: "sum", result,
  run: ({ parts }: { parts: readonly number[] }) => { count("sum"); return parts.reduce((a, b) => a + b, 0); },
});
export const notExported = 1;
const hidden = defineTask({
  module: import.meta.url, name: "hidden", result,
  run: (): number => 1,
});
export const make = { hidden };
export const lacks = defineTask({
  module: import.meta.url, name: "lacks",
  result: { a: result, b: result },
  run: () => ({ a: 1 }) as { a: number; b: number },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { fails, failsInWorker, lacks, make, one, sum } from "./tasks.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "fork", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build() {
    const bad = fails({}, "a/0");
    const next = one({ x: bad }, "after");
    return { good: sum({ parts: [one({ x: 1 }, "beside"), 5] }), bad: one({ x: next }, "last") };
  },
});
`,
};

Deno.test("reproduce() lets independent stages finish when one fails, and says which failed and why", async () => {
  await using rig = await newRig(FORK);
  const { runs, result, output, events } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(runs, ["fails", "one", "sum"]);
  const [failure] = result.failures;
  assert.ok(failure instanceof StageError);
  assert.equal(failure.stage, "fails/a/0");
  assert.equal(
    failure.message,
    'Cannot complete stage "fails/a/0": the loss is NaN',
  );
  assert.equal(Object(failure.cause).name, "RangeError");
  assert.deepEqual([...result.records.keys()], ["one/beside", "sum"]);
  const blocked = [...result.blocked.values()];
  assert.ok(blocked.every((error) => error instanceof UpstreamError));
  assert.deepEqual(blocked.map(({ message }) => message), [
    'Cannot run stage "one/after": stage "fails/a/0" failed',
    'Cannot run stage "one/last": stage "fails/a/0" failed',
  ]);
  assert.deepEqual(output, {
    kind: "unresolved",
    missing: [{ path: "bad", stage: "one/last" }],
  });
  assert.deepEqual(
    events.filter(({ kind }) => kind === "stage-failed"),
    [{
      kind: "stage-failed",
      pipeline: "fork",
      stage: "fails/a/0",
      error: failure,
    }],
  );
  const end = events.at(-1);
  assert.ok(end?.kind === "run-finished");
  assert.deepEqual([end.ran, end.cached, end.failed], [2, 0, 1]);
});

test.inFull("reproduce() runs a failed stage again the next time", async () => {
  await using rig = await newRig(FORK);
  await rig.reproduce();
  rig.edit("tasks.ts", [
    'throw new RangeError("the loss is NaN", { cause: "epoch 3" })',
    "return 1",
  ]);
  const { runs, value } = await rig.reproduce();
  assert.deepEqual(runs, ["fails", "one", "one", "one", "sum"]);
  assert.deepEqual(value, { good: 7, bad: 3 });
});

Deno.test("reproduce() passes on what a worker threw, with its name, cause and stack", async () => {
  await using rig = await newRig(FORK);
  rig.edit("pipeline.ts", ["const bad = fails(", "const bad = failsInWorker("]);
  const { result } = await rig.reproduce();
  const cause = result.failures[0]?.cause;
  assert.ok(cause instanceof Error && cause.cause instanceof Error);
  assert.equal(cause.name, "RangeError");
  assert.equal(cause.message, "the loss is NaN");
  assert.equal(cause.cause.message, "epoch 3");
  assert.match(cause.stack ?? "", /tasks\.ts:\d+/);
});

Deno.test("reproduce() says when a task for a worker is not exported", async () => {
  await using rig = await newRig(FORK);
  rig.edit("pipeline.ts", ["const bad = fails(", "const bad = make.hidden("]);
  const { result } = await rig.reproduce();
  assert.match(
    result.failures[0]?.message ?? "",
    /^Cannot complete stage "hidden\/a\/0": Cannot find "hidden" in file:.*: a task, definition or codec must be exported under its name$/,
  );
});

test.inFull("reproduce() says when a result lacks a field", async () => {
  await using rig = await newRig(FORK);
  rig.edit("pipeline.ts", ["const bad = fails(", "const { b: bad } = lacks("]);
  const { result } = await rig.reproduce();
  assert.equal(
    result.failures[0]?.message,
    'Cannot complete stage "lacks/a/0": Cannot keep the result of task "lacks": it lacks "b"',
  );
});

Deno.test("reproduce() shares the work of two stages with one key", async () => {
  await using rig = await newRig(FORK);
  rig.edit("pipeline.ts", [
    'const bad = fails({}, "a/0");',
    'const bad = sum({ parts: [one({ x: 3 }, "twin a"), one({ x: 3 }, "twin b")] }, "twins");',
  ]);
  const { runs, value, events } = await rig.reproduce({ jobs: 4 });
  assert.deepEqual(value, { good: 7, bad: 10 });
  assert.deepEqual(runs, ["one", "one", "one", "one", "sum", "sum"]);
  assert.deepEqual(
    events.flatMap((event) =>
      event.kind === "stage-cached" ? [event.stage] : []
    ),
    ["one/twin b"],
  );
});

test.inFull("reproduce() shares the failure of two stages with one key", async () => {
  await using rig = await newRig(FORK);
  rig.edit("pipeline.ts", [
    'const bad = fails({}, "a/0");',
    'const bad = sum({ parts: [fails({}, "twin a"), fails({}, "twin b")] }, "twins");',
  ]);
  const { runs, result } = await rig.reproduce({ jobs: 4 });
  assert.equal(runs.filter((line) => line === "fails").length, 1);
  assert.deepEqual(result.failures.map(({ stage }) => stage), [
    "fails/twin a",
    "fails/twin b",
  ]);
});

Deno.test("reproduce() ends a running worker and starts nothing more when its signal is raised", async () => {
  await using rig = await newRig(CHAIN);
  rig.edit("train.ts", [
    "({ images, epochs }: { images: readonly number[]; epochs: number }) => {",
    `async (
    { images, epochs }: { images: readonly number[]; epochs: number },
    context,
  ) => {
    context.progress({ unit: "epoch", done: 0, total: 1 });
    await new Promise(() => setInterval(() => {}, 1000));`,
  ]);
  const controller = new AbortController();
  const reason = new Error("Cannot continue: interrupted");
  await assert.rejects(
    rig.reproduce({
      signal: controller.signal,
      emit(event) {
        if (event.kind === "stage-progress") controller.abort(reason);
      },
    }),
    reason,
  );
  assert.deepEqual(rig.counted(), ["load"]);
  // The lock is free, and what was finished is kept.
  rig.edit("train.ts", [
    "await new Promise(() => setInterval(() => {}, 1000));",
    "",
  ]);
  assert.deepEqual((await rig.reproduce()).runs, ["evaluate", "train"]);
});

Deno.test("reproduce() refuses a number of jobs that is not positive", async () => {
  await using rig = await newRig(CHAIN);
  await assert.rejects(rig.reproduce({ jobs: 0 }), {
    name: "RangeError",
    message: "Cannot run 0 stages at once: jobs must be a positive integer",
  });
});
