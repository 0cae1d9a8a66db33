import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { AnyTask } from "../../../../engine/define/any_task.ts";
import { z } from "zod";
import { bytes, json } from "../../../../engine/define/codec.ts";
import { encode } from "../../../../engine/run/workers/outputs.ts";
import { newRig } from "../../rig.ts";
import { test } from "../../../full.ts";

const task: AnyTask = {
  module: import.meta.url,
  name: "task",
  codecs: { value: bytes },
  run: () => Promise.resolve({}),
};

for (
  const [what, value] of [
    ["an array", Uint8Array.of(1, 2, 3)],
    ["a part of an array", Uint8Array.of(0, 1, 2, 3, 4).subarray(1, 4)],
    ["a buffer of Node", Buffer.from([1, 2, 3])],
    [
      "memory of WebAssembly",
      new Uint8Array(new WebAssembly.Memory({ initial: 1 }).buffer),
    ],
  ] as const
) {
  Deno.test(`encode() gives bytes that can be handed over, and leaves ${what} to the task`, () => {
    const before = [...value];
    const encoded = encode(task, { value })["value"] as Uint8Array<ArrayBuffer>;
    const sent = structuredClone(encoded, { transfer: [encoded.buffer] });
    assert.equal(sent.buffer.byteLength, value.length);
    assert.deepEqual([...sent], before);
    assert.deepEqual([...value], before);
  });
}

for (
  const [value, codec, reason] of [
    [
      { rows: [{ mean: NaN }] },
      json(z.object({ rows: z.array(z.object({ mean: z.number() })) })),
      "rows.0.mean: Invalid input: expected number, received NaN",
    ],
    ["a", json(z.number()), "Invalid input: expected number, received string"],
    [NaN, json(z.any()), "Cannot write NaN as JSON"],
  ] as const
) {
  Deno.test(`encode() says in one line which field is not what was promised: ${reason}`, () => {
    assert.throws(
      () => encode({ ...task, codecs: { more: codec } }, { more: value }),
      {
        name: "TypeError",
        message: `Cannot keep "more" of task "task": ${reason}`,
      },
    );
  });
}

test.inFull("a stage finds an array of its module as it was when another stage in its isolate has given it away", async () => {
  await using rig = await newRig({
    "tasks.ts": `
import { z } from "zod";
import { bytes, json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
const TABLE = Uint8Array.of(1, 2, 3);
export const give = defineTask({
  module: import.meta.url, name: "give", result: bytes,
  run: (_: Record<string, never>): Uint8Array => TABLE,
});
export const sum = defineTask({
  module: import.meta.url, name: "sum", result: json(z.number()),
  run: (_: { after: Uint8Array }): number => TABLE.reduce((sum, n) => sum + n, 0),
});
`,
    "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { give, sum } from "./tasks.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "table", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build: () => sum({ after: give({}) }),
});
`,
  });
  const { value } = await rig.reproduce({ jobs: 1 });
  assert.equal(value, 6);
});
