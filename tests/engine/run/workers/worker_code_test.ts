/** Whatever is edited while stages run, they run the code that is in their keys. */
import assert from "node:assert/strict";
import { newRig } from "../../rig.ts";

/** `uses` depends on what `reads` makes, and that on what `make` makes, whose module says what `factor` is. */
const CHANGES = {
  "factor.ts": "export const factor = 2;\n",
  "numbers.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { factor } from "./factor.ts";
const result = json(z.number());
export const make = defineTask({
  module: import.meta.url, name: "make", result,
  run: ({ x }: { x: number }) => x,
});
export const uses = defineTask({
  module: import.meta.url, name: "uses", result,
  run: ({ x }: { x: number }) => x * factor,
});
`,
  "reads.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
export const reads = defineTask({
  module: import.meta.url, name: "reads", result: json(z.number()),
  run: ({ x }: { x: number }) => x,
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { make, uses } from "./numbers.ts";
import { reads } from "./reads.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "changes", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build: () => OUTPUT,
});
`,
};

function writeFactor(path: string, factor: number): void {
  Deno.writeTextFileSync(path, `export const factor = ${factor};\n`);
}

for (
  const { of, output, during, value } of [
    {
      of: "a stage",
      output: '[uses({ x: 1 }, "first"), uses({ x: 2 }, "second")]',
      during: "uses/first",
      value: [2, 4],
    },
    {
      of: "a producer of a stage",
      output: "uses({ x: reads({ x: make({ x: 2 }) }) })",
      during: "reads",
      value: 4,
    },
  ]
) {
  for (const undone of [true, false]) {
    Deno.test(`reproduce() runs the code of ${of} that its key names, though it is edited meanwhile${undone ? ", and the edit undone" : ""}`, async () => {
      await using rig = await newRig(CHANGES);
      rig.edit("pipeline.ts", ["OUTPUT", output]);
      const path = rig.path("1/factor.ts");
      const ran = await rig.reproduce({
        jobs: 1,
        emit(event) {
          if (!("stage" in event) || event.stage !== during) return;
          const isStart = event.kind === "stage-started";
          if (isStart || undone) writeFactor(path, isStart ? 3 : 2);
        },
      });
      assert.deepEqual(ran.result.failures, []);
      assert.deepEqual(ran.value, value);
    });
  }
}

Deno.test("reproduce() gives what the code gives that its keys name, though it was edited after the pipeline was loaded", async () => {
  await using rig = await newRig(CHANGES);
  rig.edit("pipeline.ts", ["OUTPUT", "uses({ x: 2 })"]);
  const run = async (opened: Awaited<ReturnType<typeof rig.open>>) => {
    const { output, result } = await opened.reproduce({
      force: new Set(),
      jobs: 1,
      signal: new AbortController().signal,
      ifLocked: "refuse",
      clock: Date.now,
      emit() {},
    });
    assert.deepEqual(result.failures, []);
    return {
      value: output.kind === "value" ? output.value : undefined,
      code: result.records.get("uses")?.key.code["factor.ts"],
    };
  };
  const before = await run(await rig.open());
  assert.equal(before.value, 4);
  await Deno.remove(rig.store, { recursive: true });
  const opened = await rig.open();
  writeFactor(rig.path("1/factor.ts"), 3);
  const after = await run(opened);
  assert.equal(after.value, 6);
  assert.notEqual(after.code, before.code);
});
