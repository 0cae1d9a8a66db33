/** Stages that run together: every one here says which of them its worker computed at once. */
import assert from "node:assert/strict";
import { countWorkers } from "./counted_workers.ts";
import { newRig, type Rig } from "./rig.ts";
import { test } from "../full.ts";

const ADDS = {
  "tasks.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
const result = json(z.unknown());
export const one = defineTask({
  module: import.meta.url, name: "one", result,
  run: ({ of }: { of: number }): unknown => ({ of }),
});
interface Args { x: unknown; n: number; kind: string }
export const add = defineTask({
  module: import.meta.url, name: "add", result,
  run({ x, n }: Args): unknown {
    count("alone " + n);
    return [x, n];
  },
  together: {
    most: () => 3,
    group: ({ kind, n }) => (GROUP, { kind }),
    async run(stages) {
      count(stages.map(({ args }) => args.n).join("+"));
      const [first] = stages;
      const ends = [];
      for (const { args, context } of stages) {
        if (args.x !== first?.args.x) count("read again");
        context.progress({ unit: "n", done: args.n, total: 9 });
        const before = (await context.scratch.load())?.[0];
        await context.scratch.save(Uint8Array.of(args.n));
        if (before !== undefined) count(args.n + " goes on from " + before);
        ends.push(end(args, before));
      }
      return ends;
    },
  },
});
function end({ x, n }: Args, before?: number): PromiseSettledResult<unknown> {
  FAILURE
  return { status: "fulfilled", value: [x, n] };
}
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { add, one } from "./tasks.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "adds", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build() {
    const x = one({ of: 7 });
    return [1, 2, 3, 4, 5, 6, 7].map((n) => add({ x, n, kind: n < 6 ? "a" : "b" }, "" + n));
  },
});
`,
};

async function rigOf(failure: string, group = "n"): Promise<Rig> {
  const rig = await newRig(ADDS);
  rig.edit("tasks.ts", ["FAILURE", failure]);
  rig.edit("tasks.ts", ["GROUP", group]);
  return rig;
}

Deno.test("reproduce() runs stages of one group together when they are ready at once", async () => {
  await using rig = await rigOf("");
  using workers = countWorkers();
  const { runs, value, events, result } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(runs, ["1+2+3", "4+5", "6+7"]);
  assert.deepEqual(value, [1, 2, 3, 4, 5, 6, 7].map((n) => [{ of: 7 }, n]));
  assert.equal(workers.started.length, 1);
  assert.equal(workers.running(), 0);
  // Each is a stage of its own.
  for (const n of [1, 2, 3, 4, 5, 6, 7]) {
    const of = events.filter((event) =>
      "stage" in event && event.stage === `add/${n}`
    );
    assert.deepEqual(
      of.map((event) =>
        event.kind === "stage-progress" ? event.progress.done : event.kind
      ).filter((what) => what !== 0),
      ["stage-started", n, "stage-finished"],
    );
    assert.equal(result.records.get(`add/${n}`)?.stage, `add/${n}`);
  }
  const again = await rig.reproduce();
  assert.deepEqual(again.runs, []);
});

test.inFull("reproduce() runs a stage alone when no other of its group must run", async () => {
  await using rig = await rigOf("");
  await rig.reproduce({ jobs: 1 });
  rig.edit("pipeline.ts", ["[1, 2, 3,", "[8, 2, 3,"]);
  const { runs, value } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(runs, ["alone 8"]);
  assert.deepEqual((value as unknown[])[0], [{ of: 7 }, 8]);
});

test.inFull("reproduce() keeps what others made when one of the stages that run together fails", async () => {
  // Only the first time, so that the code that is run again is the same.
  await using rig = await rigOf(
    'if (n === 2 && before === undefined) return { status: "rejected", reason: new Error("no two") };',
  );
  using workers = countWorkers();
  const { runs, result } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(runs, ["1+2+3", "4+5", "6+7"]);
  assert.deepEqual(
    result.failures.map(({ stage, cause }) => [stage, Object(cause).message]),
    [["add/2", "no two"]],
  );
  assert.equal(workers.started.length, 2); // the first is not used again
  const again = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(again.runs, ["alone 2"]);
  assert.deepEqual(again.result.failures, []);
});

Deno.test("reproduce() fails all stages that run together when what computes them throws", async () => {
  await using rig = await rigOf(
    'if (n === 2 && before === undefined) throw new Error("no device");',
  );
  const { result } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(
    result.failures.map(({ stage, cause }) => [stage, Object(cause).message]),
    [1, 2, 3].map((n) => [`add/${n}`, "no device"]),
  );
  // Unfinished work is still there, of each its own.
  const { runs } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(runs, [
    "1 goes on from 1",
    "1+2+3",
    "2 goes on from 2",
  ]);
});

test.inFull("reproduce() fails a stage whose task cannot say what it may run together with, and no other", async () => {
  await using rig = await rigOf("", "NAMES[n]!.length");
  rig.edit("tasks.ts", [
    "const result",
    'const NAMES: Record<number, string> = { 1: "", 3: "", 4: "", 5: "", 6: "", 7: "" };\nconst result',
  ]);
  const { runs, result } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(runs, ["1+3+4", "6+7", "alone 5"]);
  assert.deepEqual(result.failures.map(({ stage }) => stage), ["add/2"]);
});
