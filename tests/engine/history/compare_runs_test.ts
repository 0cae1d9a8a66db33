import assert from "node:assert/strict";
import { z } from "zod";
import { json } from "../../../engine/define/codec.ts";
import { comparePipelines } from "../../../engine/history/compare_runs.ts";
import { runHistory } from "../../../engine/store/run_history.ts";
import { defineTask } from "../../../engine/define/task.ts";
import { toyPipeline, toyProject } from "../toy_project.ts";

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
