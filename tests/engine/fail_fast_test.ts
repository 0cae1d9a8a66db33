/** What `failFast` leaves undone, and what runs without it. */
import assert from "node:assert/strict";
import { StageError } from "../../engine/define/error.ts";
import { countWorkers } from "./counted_workers.ts";
import { newRig, unseen } from "./rig.ts";

/** A stage that fails, one in a worker that ends only when it is stopped, and others. */
const MIXED = {
  "tasks.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { SourceUnavailableError } from "@engine/define/error.ts";
import { count } from "./count.ts";
const result = json(z.number());
export const fails = defineTask({
  module: import.meta.url, name: "fails", result,
  run: ({ reason }: { reason: string; after?: number }): number => {
    count("fails");
    if (reason === "unavailable") throw new SourceUnavailableError("Cannot fetch");
    throw new RangeError(reason);
  },
});
export const one = defineTask({
  module: import.meta.url, name: "one", result,
  run: ({ x }: { x: number }) => { count("one " + x); return x; },
});
export const slow = defineTask({
  module: import.meta.url, name: "slow", result,
  run: async ({ x }: { x: number }, { progress }): Promise<number> => {
    progress({ unit: "step", done: 0, total: 1 });
    if (x === 0) await new Promise(() => setInterval(() => {}, 1000));
    count("slow");
    return x;
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { fails, one, slow } from "./tasks.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "mixed", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build() {
    const bad = fails({ reason: "the loss is NaN", after: one({ x: 5 }, "before") });
    return {
      bad: one({ x: bad }, "after"),
      others: [1, 2, 3].map((x) => one({ x }, "" + x)),
      slow: slow({ x: 1 }),
    };
  },
});
`,
};

Deno.test("reproduce() runs what does not depend on a failure", async () => {
  await using rig = await newRig(MIXED);
  const { result, runs } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(runs, [
    "fails",
    "one 1",
    "one 2",
    "one 3",
    "one 5",
    "slow",
  ]);
  assert.deepEqual([...result.blocked.keys()], ["one/after"]);
});

Deno.test("reproduce() starts nothing after a failure with failFast, and goes on the next time", async () => {
  await using rig = await newRig(MIXED);
  const { result, runs, events } = await rig.reproduce({
    jobs: 1,
    failFast: true,
  });
  assert.deepEqual(runs, ["fails", "one 5"]);
  assert.deepEqual(result.failures.map(({ message }) => message), [
    'Cannot complete stage "fails": the loss is NaN',
  ]);
  assert.deepEqual(
    [...result.blocked].map(([, { message }]) => message).sort(),
    [
      'Cannot run stage "one/1": stage "fails" failed',
      'Cannot run stage "one/2": stage "fails" failed',
      'Cannot run stage "one/3": stage "fails" failed',
      'Cannot run stage "one/after": stage "fails" failed',
      'Cannot run stage "slow": stage "fails" failed',
    ],
  );
  assert.equal(events.at(-1)?.kind, "run-finished");
  rig.edit("tasks.ts", ["throw new RangeError(reason);", "return 7;"]);
  const { runs: rest, value } = await rig.reproduce({ jobs: 2 });
  assert.deepEqual(rest, [
    "fails",
    "one 1",
    "one 2",
    "one 3",
    "one 5", // its module was edited
    "one 7",
    "slow",
  ]);
  assert.deepEqual(value, { bad: 7, others: [1, 2, 3], slow: 1 });
});

Deno.test("reproduce() ends a running worker at the first failure with failFast", async () => {
  await using rig = await newRig(MIXED);
  rig.edit("pipeline.ts", ["slow({ x: 1 })", "slow({ x: 0 })"]);
  // The failure comes once the worker runs.
  rig.edit("tasks.ts", [
    "run: ({ reason }: { reason: string; after?: number }): number => {",
    "run: async ({ reason }: { reason: string; after?: number }): Promise<number> => {\n    while (!Deno.readTextFileSync(MARK)) await new Promise((resolve) => setTimeout(resolve, 1));",
  ]);
  const mark = rig.path("1/node_modules/mark");
  rig.edit("tasks.ts", ["MARK", unseen(mark)]);
  await Deno.writeTextFile(mark, "");
  using workers = countWorkers();
  const { result } = await rig.reproduce({
    jobs: 2,
    failFast: true,
    emit(event) {
      if (event.kind === "stage-progress") Deno.writeTextFile(mark, "x");
    },
  });
  assert.equal(workers.running(), 0);
  assert.equal(workers.started.length, 2);
  assert.deepEqual(result.failures.map(({ stage }) => stage), ["fails"]);
  assert.equal(
    result.blocked.get("slow")?.message,
    'Cannot run stage "slow": stage "fails" failed',
  );
});

Deno.test("reproduce() goes on with failFast where a source cannot be had", async () => {
  await using rig = await newRig(MIXED);
  rig.edit("pipeline.ts", ["the loss is NaN", "unavailable"]);
  const { result, runs } = await rig.reproduce({ jobs: 1, failFast: true });
  assert.ok(result.failures[0] instanceof StageError);
  assert.ok(runs.includes("slow"));
});
