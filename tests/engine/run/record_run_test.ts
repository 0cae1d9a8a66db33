import assert from "node:assert/strict";
import { z } from "zod";
import { json } from "../../../engine/define/codec.ts";
import type { HistoricRun } from "../../../engine/store/historic_run.ts";
import { orElse } from "../../../engine/define/or_else.ts";
import { isPresent } from "../../../engine/store/presence.ts";
import { keysOfRuns, runHistory } from "../../../engine/store/run_history.ts";
import { defineTask } from "../../../engine/define/task.ts";
import { toyPipeline, toyProject } from "../toy_project.ts";

const about = { commit: "c".repeat(40), device: "toy" };

export const double = defineTask({
  module: import.meta.url,
  name: "double",
  result: json(z.number()),
  run({ x }: { x: number }) {
    if (x > 9) throw new RangeError("Cannot double: too much");
    return 2 * x;
  },
});

export const stop = defineTask({
  module: import.meta.url,
  name: "stop",
  result: json(z.number()),
  run({ x }: { x: number }) {
    controller?.abort(new Error("Stopped"));
    return x;
  },
});

let controller: AbortController | undefined;

function statesOf(run: HistoricRun | undefined, pipeline: string) {
  const stages = run?.pipelines[pipeline]?.stages ?? {};
  return Object.fromEntries(
    Object.entries(stages).map(([name, { state }]) => [name, state]),
  );
}

Deno.test("reproduce() records keys, states, causes and the summary", async () => {
  await using project = await toyProject();
  let now = Date.UTC(2026, 0, 1);
  const options = {
    about,
    summaryOf: (x: unknown) => `${x}`,
    clock: () => now++,
  };
  const one = (x: number) =>
    toyPipeline("p", () => double({ x: double({ x }, "a") }, "b"));
  await project.reproduce([one(1)], options);
  now += 60_000;
  await project.reproduce([one(1)], options);
  now += 60_000;
  await project.reproduce([one(2)], options);
  const runs = runHistory(project.store).list();
  assert.deepEqual(runs.map((run) => statesOf(run, "p")), [
    { "double/a": "ran", "double/b": "ran" },
    { "double/a": "reused", "double/b": "reused" },
    { "double/a": "ran", "double/b": "ran" },
  ]);
  const { stages = {}, summary } = runs[2]?.pipelines["p"] ?? {};
  assert.deepEqual(stages["double/a"]?.causes, ["x 1 → 2"]);
  assert.equal(summary, "8");
  assert.equal(runs[0]?.state, "finished");
  assert.equal(runs[0]?.started, "2026-01-01T00:00:00.000Z");
  assert.equal(runs[0]?.commit, about.commit);
  const store = (await project.open()).store;
  for (const key of keysOfRuns(runs)) assert.ok(store.record(key));
});

Deno.test("reproduce() looks for edits once, when the first stage starts, and never when none does", async () => {
  await using project = await toyProject();
  let looked = 0;
  const edited = () => Promise.resolve([`a${++looked}.ts`]);
  const pipeline = toyPipeline("p", () => double({ x: double({ x: 1 }, "a") }));
  await project.reproduce([pipeline], { about: { ...about, edited } });
  await project.reproduce([pipeline], { about: { ...about, edited } });
  const runs = runHistory(project.store).list();
  assert.deepEqual(runs.map((run) => run.edited).toSorted(), [
    ["a1.ts"],
    undefined,
  ]);
  assert.equal(looked, 1);
});

Deno.test("reproduce() records no edits when they cannot be told", async () => {
  await using project = await toyProject();
  const edited = () => Promise.reject(new TypeError("Cannot tell"));
  await project.reproduce([toyPipeline("p", () => double({ x: 1 }))], {
    about: { ...about, edited },
  });
  const [run] = runHistory(project.store).list();
  assert.equal(run?.edited, undefined);
});

Deno.test("reproduce() records a failed run with what failed and what that kept from running", async () => {
  await using project = await toyProject();
  const pipelines = [
    toyPipeline("good", () => double({ x: 1 })),
    toyPipeline("bad", () => ({
      part: orElse<number>(double({ x: double({ x: 10 }, "a") }, "b"), () => 0),
    })),
  ];
  await project.reproduce(pipelines, { about });
  const [run] = runHistory(project.store).list();
  assert.equal(run?.state, "failed");
  assert.deepEqual(statesOf(run, "good"), { double: "ran" });
  assert.deepEqual(statesOf(run, "bad"), {
    "double/a": "failed",
    "double/b": "blocked",
  });
});

Deno.test("reproduce() records a run that is stopped, with what it had done", async () => {
  await using project = await toyProject();
  controller = new AbortController();
  const pipeline = toyPipeline(
    "p",
    () => double({ x: stop({ x: double({ x: 1 }, "a") }) }, "b"),
  );
  await assert.rejects(
    project.reproduce([pipeline], { about, signal: controller.signal }),
    /Stopped/,
  );
  const [run] = runHistory(project.store).list();
  assert.equal(run?.state, "stopped");
  assert.equal(statesOf(run, "p")["double/a"], "ran");
  assert.equal(statesOf(run, "p")["double/b"], undefined);
});

Deno.test("reproduce() remembers a run from its start, should its process be killed", async () => {
  await using project = await toyProject();
  const history = runHistory(project.store);
  const wasPresent = () =>
    history.list().map(({ state, presence = "" }) => [
      state,
      isPresent(project.store, presence),
    ]);
  let seen: unknown;
  await project.reproduce([toyPipeline("p", () => double({ x: 1 }))], {
    about,
    emit: ({ kind }) => {
      if (kind === "stage-started") seen = wasPresent();
    },
  });
  assert.deepEqual(seen, [["running", true]]);
  assert.deepEqual(wasPresent(), [["finished", false]]);
});

Deno.test("reproduce() records nothing of a run that nobody describes", async () => {
  await using project = await toyProject();
  await project.reproduce([toyPipeline("p", () => double({ x: 1 }))]);
  assert.deepEqual(runHistory(project.store).list(), []);
});
