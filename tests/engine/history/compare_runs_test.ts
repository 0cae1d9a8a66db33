import assert from "node:assert/strict";
import { z } from "zod";
import { json } from "../../../engine/define/codec.ts";
import { comparePipelines } from "../../../engine/history/compare_runs.ts";
import type { HistoricRun } from "../../../engine/store/historic_run.ts";
import { runHistory } from "../../../engine/store/run_history.ts";
import { defineTask } from "../../../engine/define/task.ts";
import { toyPipeline, type ToyProject, toyProject } from "../toy_project.ts";

export const echo = defineTask({
  module: import.meta.url,
  name: "echo",
  result: json(z.number()),
  run: ({ x }: { x: number }) => x,
});

export const total = defineTask({
  module: import.meta.url,
  name: "total",
  result: json(z.number()),
  run: ({ xs }: { xs: readonly number[] }) => xs.reduce((a, b) => a + b, 0),
});

/** Twenty numbers and their sum. */
const sum = (first: number) =>
  toyPipeline("sum", () =>
    total({
      xs: Array.from(
        { length: 20 },
        (_, i) => echo({ x: i === 0 ? first : i }, `${i}`),
      ),
    }));

Deno.test("comparePipelines() says who made an input from the records of what changed alone", async () => {
  await using project = await toyProject();
  let now = 0;
  const about = { commit: null, device: "toy" };
  for (const first of [100, 200, 100]) {
    await project.reproduce([sum(first)], { about, clock: () => now += 1000 });
  }
  const { store } = await project.open();
  const [, edited, reverted] = runHistory(project.store).list()
    .map(({ pipelines }) => pipelines["sum"]);
  assert.ok(edited !== undefined && reverted !== undefined);
  const read = new Set<string>();
  const { stages } = await comparePipelines([edited, reverted], {
    store: {
      ...store,
      record(key) {
        read.add(key);
        return store.record(key);
      },
    },
  });
  assert.deepEqual(stages.map(({ stage, causes }) => [stage, causes]), [
    ["echo/0", ["x 200 → 100"]],
    ["total", ["input xs[0] changed, made by echo/0"]],
  ]);
  assert.equal(read.size, 4);
});

let isAway = false;

export const shy = defineTask({
  module: import.meta.url,
  name: "shy",
  result: json(z.number()),
  run() {
    if (isAway) throw new Error("Cannot give a number: it is away");
    return 1;
  },
});

/** What became of stages between two runs, the last two unless others are named. */
async function compared(
  project: ToyProject,
  runs: readonly (HistoricRun | undefined)[] = runHistory(project.store).list()
    .slice(-2),
) {
  const [before, after] = runs.map((run) => run?.pipelines["sum"]);
  assert.ok(before !== undefined && after !== undefined);
  const { store } = await project.open();
  const { stages } = await comparePipelines([before, after], { store });
  return stages.map(({ stage, state, result }) => [stage, state, result]);
}

Deno.test("comparePipelines() tells that a stage has a result now that had none, whichever run made it", async () => {
  await using project = await toyProject();
  let now = 0;
  const pipeline = toyPipeline("sum", () => shy({}));
  for (isAway of [true, false, false]) {
    await project.reproduce([pipeline], {
      about: { commit: null, device: "toy" },
      clock: () => now += 1000,
    });
  }
  const [failed, made, reused] = runHistory(project.store).list();
  const states = [failed, made, reused]
    .map((run) => run?.pipelines["sum"]?.stages["shy"]?.state);
  assert.deepEqual(states, ["failed", "ran", "reused"]);
  assert.deepEqual(await compared(project, [failed, reused]), [
    ["shy", "reused", "new"],
  ]);
});

Deno.test("comparePipelines() does not call a result the same of which the store has only what replaced it", async () => {
  await using project = await toyProject();
  let now = 0;
  for (const force of [[], ["echo/3"]]) {
    await project.reproduce([sum(5)], {
      about: { commit: null, device: "toy" },
      clock: () => now += 1000,
      force: new Set(force),
    });
  }
  assert.deepEqual(await compared(project), [["echo/3", "ran", "unknown"]]);
});
