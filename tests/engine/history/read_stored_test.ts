import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { json } from "../../../engine/define/codec.ts";
import { SourceUnavailableError } from "../../../engine/define/error.ts";
import { orElse } from "../../../engine/define/or_else.ts";
import { lineageOf } from "../../../engine/history/lineage.ts";
import { readLast, readStored } from "../../../engine/history/read_stored.ts";
import { runHistory } from "../../../engine/store/run_history.ts";
import { DamagedObjectError } from "../../../engine/store/store.ts";
import { defineTask } from "../../../engine/define/task.ts";
import { toyPipeline, type ToyProject, toyProject } from "../toy_project.ts";

const number = json(z.number());
let ran = 0;

export const add = defineTask({
  module: import.meta.url,
  name: "add",
  result: number,
  run({ x, y }: { x: number; y: number }) {
    ran++;
    return x + y;
  },
});

export const fail = defineTask({
  module: import.meta.url,
  name: "fail",
  result: number,
  run({ kind }: { kind: "failed" | "unavailable" }): number {
    throw kind === "failed"
      ? new RangeError("Cannot go on: the loss is NaN")
      : new SourceUnavailableError("Cannot fetch it: no connection");
  },
});

export const halve = defineTask({
  module: import.meta.url,
  name: "halve",
  result: number,
  run({ x }: { x: number }) {
    if (x % 2 === 0) return x / 2;
    throw new RangeError(`Cannot halve ${x}`);
  },
});

const about = { commit: null, device: "toy" };
const whole = toyPipeline("whole", () => ({
  sum: add({ x: add({ x: 1, y: 2 }, "a"), y: 3 }, "b"),
}));
const partial = toyPipeline("partial", () => ({
  sum: add({ x: 1, y: 1 }),
  failed: orElse<unknown>(
    add({ x: fail({ kind: "failed" }, "f"), y: 1 }, "f"),
    (failure) => failure,
  ),
  gone: orElse<unknown>(
    fail({ kind: "unavailable" }, "u"),
    (failure) => failure,
  ),
}));

async function stored(project: ToyProject, pipeline = whole) {
  const opened = await project.open();
  return await readStored(opened.open(pipeline, "smoke"), {
    runs: runHistory(project.store).list(),
  });
}

Deno.test("readStored() gives an output without running anything", async () => {
  await using project = await toyProject();
  await project.reproduce([whole], { about });
  const before = ran;
  const found = await stored(project);
  assert.ok(found.kind === "complete");
  assert.deepEqual(found.done.output, { kind: "value", value: { sum: 6 } });
  assert.equal(found.done.result.records.size, 2);
  assert.equal(ran, before);
});

Deno.test("readStored() names what is missing", async () => {
  await using project = await toyProject();
  const found = await stored(project);
  assert.ok(found.kind === "missing");
  assert.deepEqual(found.stages.map(({ node }) => node.stage.name), [
    "add/a",
    "add/b",
  ]);
});

Deno.test("readStored() gives what stands in the place of stages that failed, as the run did", async () => {
  await using project = await toyProject();
  const [done] = await project.reproduce([partial], { about });
  const found = await stored(project, partial);
  assert.ok(found.kind === "complete");
  assert.deepEqual(found.done.output, done?.output);
  assert.deepEqual(found.done.output, {
    kind: "value",
    value: {
      sum: 2,
      failed: {
        stage: "fail/f",
        kind: "failed",
        reason: "Cannot go on: the loss is NaN",
      },
      gone: {
        stage: "fail/u",
        kind: "unavailable",
        reason: "Cannot fetch it: no connection",
      },
    },
  });
});

Deno.test("readStored() knows why a stage failed after a run that was stopped before it", async () => {
  await using project = await toyProject();
  await project.reproduce([partial], { about });
  const history = runHistory(project.store);
  const [run] = history.list();
  assert.ok(run !== undefined);
  await history.put({
    ...run,
    id: "ffffffffffff",
    started: "2999-01-01T00:00:00.000Z",
    state: "stopped",
    pipelines: { partial: { stages: {} } },
  });
  assert.equal(history.list().at(-1)?.state, "stopped");
  assert.equal((await stored(project, partial)).kind, "complete");
});

Deno.test("readStored() takes a failed stage for missing where no run remembers why", async () => {
  await using project = await toyProject();
  await project.reproduce([partial]);
  const found = await stored(project, partial);
  assert.ok(found.kind === "missing");
  assert.deepEqual(found.stages.map(({ node }) => node.stage.name), [
    "fail/f",
    "add/f",
    "fail/u",
  ]);
});

/** A store in which a pipeline ran once as a whole, and again up to its second stage. */
async function afterFailure(project: ToyProject) {
  const halved = (x: number) =>
    toyPipeline("halved", () => {
      const sum = add({ x, y: 1 });
      return { sum, half: halve({ x: sum }) };
    });
  for (const x of [1, 2]) {
    await project.reproduce([halved(x)], { about, summaryOf: () => [] });
  }
  return (await project.open()).open(halved(2), "smoke");
}

Deno.test("readLast() gives what a run gave, and no mixture with one that failed halfway", async () => {
  await using project = await toyProject();
  const found = await readLast(await afterFailure(project), {
    runs: runHistory(project.store).list(),
  });
  assert.ok(found.kind === "complete");
  assert.deepEqual(found.done.output, {
    kind: "value",
    value: { sum: 2, half: 1 },
  });
});

Deno.test("lineageOf() does not take a stage that has run anew for what made an older result", async () => {
  await using project = await toyProject();
  const { graph, store } = await afterFailure(project);
  const keys = store.lastKeys("halved.smoke");
  const lineage = lineageOf(graph, {
    roots: ["halve"],
    recordOf: (stage) => store.record(keys[stage] ?? ""),
  });
  assert.deepEqual(
    lineage.map(({ name, key }) => [name, key !== undefined]),
    [["halve", true], ["add", false]],
  );
});

Deno.test("readStored() throws when an artifact is damaged", async () => {
  await using project = await toyProject();
  const [done] = await project.reproduce([whole], { about });
  const { digest = "" } = done?.result.records.get("add/b")?.outputs["value"] ??
    Object.values(done?.result.records.get("add/b")?.outputs ?? {})[0] ?? {};
  const path = join(project.store, "objects", digest.slice(0, 2), digest);
  const { length } = await Deno.readFile(path);
  await Deno.writeFile(path, new Uint8Array(length).fill(55));
  await assert.rejects(stored(project), DamagedObjectError);
});
