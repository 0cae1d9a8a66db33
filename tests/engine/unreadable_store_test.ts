import assert from "node:assert/strict";
import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { digestOfKey } from "../../engine/keys/key.ts";
import { toyPipeline, toyProject } from "./toy_project.ts";

export const number = defineTask({
  module: import.meta.url,
  name: "number",
  result: json(z.number()),
  run: ({ x }: { x: number }) => x,
});

Deno.test("reproduce() ends with what keeps it from reading the store, and not as if all were done", async () => {
  await using project = await toyProject();
  const pipeline = toyPipeline(
    "two",
    () => number({ x: number({ x: 1 }, "a") }, "b"),
  );
  const [first] = await project.reproduce([pipeline]);
  const keyOf = (stage: string) => {
    const record = first?.result.records.get(stage);
    return record === undefined ? "" : digestOfKey(record.key);
  };
  const records = `${project.store}/records`;
  const [a, b] = [keyOf("number/a"), keyOf("number/b")];
  await Deno.remove(`${records}/${a.slice(0, 2)}/${a}.json`);
  await Deno.remove(`${records}/${b.slice(0, 2)}`, { recursive: true });
  await Deno.writeTextFile(`${records}/${b.slice(0, 2)}`, "in the way");
  await assert.rejects(project.reproduce([pipeline]), {
    name: "StoreError",
    message: /^Cannot read store ".*": a file is in the way; /,
  });
});
