/** Pipelines that run at the same time, in one set of slots. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import type { Event } from "../../engine/run/event.ts";
import { defineTask } from "../../engine/define/task.ts";
import { stageLines, toyPipeline, toyProject } from "./toy_project.ts";
import { test } from "../full.ts";

/** What ran, in order; a task that waits goes on when its gate opens. */
const ran: string[] = [];
const gates = new Map<string, PromiseWithResolvers<void>>();

function gate(name: string): PromiseWithResolvers<void> {
  let found = gates.get(name);
  if (found === undefined) {
    gates.set(name, found = Promise.withResolvers<void>());
  }
  return found;
}

const number = json(z.number());

export const add = defineTask({
  module: import.meta.url,
  name: "add",
  result: number,
  run({ x, y, fails = false }: { x: number; y: number; fails?: boolean }) {
    ran.push(`${x}+${y}`);
    if (fails) throw new RangeError("Cannot add: too much");
    return x + y;
  },
});

export const wait = defineTask({
  module: import.meta.url,
  name: "wait",
  result: number,
  async run({ name }: { name: string }) {
    ran.push(name);
    gate(`${name} runs`).resolve();
    await gate(name).promise;
    return 1;
  },
});

function started() {
  ran.length = 0;
  gates.clear();
}

Deno.test("reproduce() runs a stage that several pipelines have once, also while it runs", async () => {
  started();
  await using project = await toyProject();
  const pipelines = ["a", "b", "c"].map((name) =>
    toyPipeline(name, () => {
      // The same key under another name.
      const shared = add({ x: 1, y: 2 }, `for-${name}`);
      return [add({ x: shared, y: 10 }), wait({ name: "once" })];
    })
  );
  gate("once").resolve();
  const done = await project.reproduce(pipelines, { jobs: 4 });
  assert.deepEqual(ran.toSorted(), ["1+2", "3+10", "once"]);
  for (const { output } of done) {
    assert.deepEqual(output, { kind: "value", value: [13, 1] });
  }
  assert.deepEqual(done.map(({ result }) => result.ran.length), [3, 0, 0]);
});

test.inFull("reproduce() keeps stages of one name apart that belong to two pipelines", async () => {
  started();
  await using project = await toyProject();
  const pipelines = [1, 2].map((x) =>
    toyPipeline(`p${x}`, () => add({ x, y: 5 }))
  );
  const done = await project.reproduce(pipelines);
  assert.deepEqual(done.map(({ output }) => output), [
    { kind: "value", value: 6 },
    { kind: "value", value: 7 },
  ]);
  // Each pipeline knows its own last keys.
  const opened = await project.open();
  for (const pipeline of pipelines) {
    const [planned] = await opened.open(pipeline, "smoke").plan(new Set());
    assert.equal(planned?.state, "cached");
    assert.deepEqual(planned.before, planned.key);
  }
});

Deno.test("reproduce() starts the next pipeline where the one before leaves a slot free", async () => {
  started();
  await using project = await toyProject();
  const first = toyPipeline("first", () => wait({ name: "tail" }));
  const second = toyPipeline("second", () => add({ x: 1, y: 1 }));
  const work = project.reproduce([first, second], {
    jobs: 2,
    onDone({ name }) {
      if (name === "second") gate("tail").resolve();
    },
  });
  // Ends only if the second pipeline runs while the first one waits.
  const done = await work;
  assert.deepEqual(done.map(({ name }) => name), ["first", "second"]);
  assert.deepEqual(ran, ["tail", "1+1"]);
});

Deno.test("reproduce() serves the first pipeline first, however short its chains", async () => {
  started();
  await using project = await toyProject();
  const long = toyPipeline("long", () => {
    const first = add({ x: 10, y: 0 }, "0");
    return add({ x: add({ x: first, y: 1 }, "1"), y: 1 }, "2");
  });
  const short = toyPipeline(
    "short",
    () => [0, 1, 2].map((y) => add({ x: 20, y }, `${y}`)),
  );
  await project.reproduce([short, long], { jobs: 1 });
  assert.deepEqual(ran, ["20+0", "20+1", "20+2", "10+0", "10+1", "11+1"]);
});

test.inFull("reproduce() lets no later pipeline come between the stages of a chain", async () => {
  started();
  await using project = await toyProject();
  const chain = toyPipeline("chain", () => {
    const first = add({ x: 10, y: 0 }, "0");
    return add({ x: add({ x: first, y: 1 }, "1"), y: 1 }, "2");
  });
  const wide = toyPipeline(
    "wide",
    () => [0, 1, 2].map((y) => add({ x: 20, y }, `${y}`)),
  );
  await project.reproduce([chain, wide], { jobs: 1 });
  assert.deepEqual(ran, ["10+0", "10+1", "11+1", "20+0", "20+1", "20+2"]);
});

test.inFull("reproduce() calls onDone() for each pipeline when it is done", async () => {
  started();
  await using project = await toyProject();
  const order: string[] = [];
  const slow = toyPipeline("slow", () => wait({ name: "slow" }));
  const quick = toyPipeline("quick", () => add({ x: 1, y: 1 }));
  await project.reproduce([slow, quick], {
    onDone({ name, output }) {
      order.push(`${name} ${output.kind}`);
      gate("slow").resolve();
    },
  });
  assert.deepEqual(order, ["quick value", "slow value"]);
});

test.inFull("reproduce() forces a stage that several pipelines have once", async () => {
  started();
  await using project = await toyProject();
  const pipelines = ["a", "b"].map((name) =>
    toyPipeline(name, () => add({ x: 1, y: 2 }))
  );
  await project.reproduce(pipelines);
  started();
  const events: Event[] = [];
  await project.reproduce(pipelines, {
    force: new Set(["add"]),
    emit: (event) => void events.push(event),
  });
  assert.deepEqual(ran, ["1+2"]);
  assert.deepEqual(stageLines(events), [
    "started add of a",
    "finished add of a",
    "cached add of b",
  ]);
});

Deno.test("reproduce() runs other pipelines although one fails, and shares the failure of a shared stage", async () => {
  started();
  await using project = await toyProject();
  const failing = ["a", "b"].map((name) =>
    toyPipeline(name, () => add({ x: 1, y: 1, fails: true }))
  );
  const good = toyPipeline("good", () => add({ x: 2, y: 2 }));
  const done = await project.reproduce([...failing, good], { jobs: 4 });
  assert.deepEqual(ran, ["1+1", "2+2"]);
  assert.deepEqual(
    done.map(({ result }) => result.failures.map(({ message }) => message)),
    [
      ['Cannot complete stage "add": Cannot add: too much'],
      ['Cannot complete stage "add": Cannot add: too much'],
      [],
    ],
  );
});

test.inFull("reproduce() mends an artifact that several pipelines find damaged", async () => {
  started();
  await using project = await toyProject();
  const pipelines = ["a", "b", "c"].map((name, y) =>
    toyPipeline(name, () => add({ x: add({ x: 1, y: 2 }, "first"), y }))
  );
  const before = await project.reproduce(pipelines);
  const digest = before[0]?.result.records.get("add/first")?.outputs["value"]
    ?.digest ?? "";
  const object = join(project.store, "objects", digest.slice(0, 2), digest);
  await Deno.writeTextFile(object, "4"); // as long as what was written
  started();
  const after = await project.reproduce(pipelines, {
    force: new Set(["add"]),
    jobs: 4,
  });
  assert.deepEqual(
    after.map(({ output, result }) => [output, result.failures]),
    [3, 4, 5].map((value) => [{ kind: "value", value }, []]),
  );
  assert.equal(await Deno.readTextFile(object), "3");
});

Deno.test("reproduce() does not make again what another run has mended while it waited for a slot", async () => {
  started();
  await using project = await toyProject();
  const sum = toyPipeline("sum", () => add({ x: 1, y: 2 }));
  await project.reproduce([sum]);
  await Deno.remove(join(project.store, "objects"), { recursive: true });
  started();
  const busy = toyPipeline("busy", () => wait({ name: "slow" }));
  const waiting = project.reproduce([busy, sum], { jobs: 1 });
  await gate("slow runs").promise;
  await project.reproduce([sum]);
  gate("slow").resolve();
  const done = await waiting;
  assert.deepEqual(done.map(({ output }) => output), [
    { kind: "value", value: 1 },
    { kind: "value", value: 3 },
  ]);
  assert.deepEqual(ran, ["slow", "1+2"]);
});

Deno.test("reproduce() reads pipelines of ifComplete first and without a word, if all of them is in the store", async () => {
  started();
  await using project = await toyProject();
  const complete = toyPipeline("complete", () => add({ x: 1, y: 1 }));
  const missing = toyPipeline(
    "missing",
    () => add({ x: add({ x: 1, y: 1 }, "there"), y: 2 }),
  );
  const chosen = toyPipeline("chosen", () => add({ x: 3, y: 3 }));
  await project.reproduce([complete]);
  started();
  const events: Event[] = [];
  const seen: unknown[] = [];
  const done = await project.reproduce([chosen], {
    ifComplete: [complete, missing],
    emit: (event) => void events.push(event),
    onDone: ({ name, output }) => seen.push([name, output]),
  });
  assert.deepEqual(ran, ["3+3"]);
  assert.deepEqual(seen, [
    ["complete", { kind: "value", value: 2 }],
    ["chosen", { kind: "value", value: 6 }],
  ]);
  assert.deepEqual(done.map(({ name }) => name), ["chosen"]);
  assert.deepEqual(
    events.map((event) => "pipeline" in event ? event.pipeline : ""),
    ["chosen", "chosen", "chosen", "chosen"],
  );
});

test.inFull("reproduce() counts the seconds of a pipeline from its first stage", async () => {
  started();
  await using project = await toyProject();
  const pipelines = ["a", "b"].map((name, x) =>
    toyPipeline(name, () => add({ x, y: 0 }))
  );
  let now = 0;
  const seconds: Record<string, number> = {};
  await project.reproduce(pipelines, {
    jobs: 1,
    clock: () => now,
    emit(event) {
      if (event.kind === "stage-started") now += 1000;
      if (event.kind === "run-finished") {
        seconds[event.pipeline] = event.seconds;
      }
    },
  });
  // Without the second in which only the first pipeline ran.
  assert.equal(seconds["b"], 1);
});

test.inFull("reproduce() ends all pipelines when its signal is raised", async () => {
  started();
  await using project = await toyProject();
  const controller = new AbortController();
  const reason = new Error("Cannot continue: interrupted");
  gate("slow runs").promise.then(() => {
    controller.abort(reason);
    gate("slow").resolve();
  });
  await assert.rejects(
    project.reproduce(
      [
        toyPipeline("slow", () => wait({ name: "slow" })),
        toyPipeline("next", () => add({ x: 1, y: 1 })),
      ],
      { jobs: 1, signal: controller.signal },
    ),
    reason,
  );
  assert.deepEqual(ran, ["slow"]);
  // The lock is free again.
  assert.equal((await project.reproduce([])).length, 0);
});
