import assert from "node:assert/strict";
import { z } from "zod";
import { json } from "../../../engine/define/codec.ts";
import { defineTask } from "../../../engine/define/task.ts";
import { toyPipeline, toyProject } from "../toy_project.ts";

let decoded = 0;
const counted = json({
  parse(value) {
    decoded++;
    return z.array(z.number()).parse(value);
  },
});

export const list = defineTask({
  module: import.meta.url,
  name: "list",
  result: { first: counted, second: json(z.number()) },
  run: ({ x }: { x: number }) => ({ first: [x], second: x }),
});

Deno.test("resolve() reads an artifact once, however often an output names it", async () => {
  await using project = await toyProject();
  const pipeline = toyPipeline("toy", () => {
    const [a, b] = [list({ x: 1 }, "a"), list({ x: 2 }, "b")];
    return {
      all: [a.first, b.first, a.first],
      again: { a: a.first },
      one: a.second,
    };
  });
  await project.reproduce([pipeline]);
  decoded = 0;
  const [done] = await project.reproduce([pipeline]);
  assert.deepEqual(done?.output, {
    kind: "value",
    value: { all: [[1], [2], [1]], again: { a: [1] }, one: 1 },
  });
  assert.equal(decoded, 2);
});
