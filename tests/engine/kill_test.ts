import assert from "node:assert/strict";
import { join } from "node:path";
import { stream } from "../../engine/random.ts";
import { newRig } from "./rig.ts";

const STAGES = 40;

/** Many small stages of two kinds; each waits a moment, writes its scratch and makes 64 KiB. */
const MANY = {
  "tasks.ts": `
import { bytes } from "@engine/codec.ts";
import { defineTask } from "@engine/task.ts";
export const make = defineTask({
  module: import.meta.url, name: "make", runsIn: "main", result: bytes,
  async run({ n }: { n: number }, { scratch }) {
    await scratch.save(new Uint8Array(1000).fill(n));
    return new Uint8Array(65536).fill(n);
  },
});
export const add = defineTask({
  module: import.meta.url, name: "add", runsIn: "main", result: { sum: bytes, other: bytes },
  async run({ parts }: { parts: readonly Uint8Array[] }, { scratch }) {
    await scratch.save(new Uint8Array(1000));
    const sum = parts.reduce((total, part) => total + (part[0] ?? 0), 0);
    return { sum: new Uint8Array(65536).fill(sum), other: Uint8Array.of(sum) };
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/pipeline.ts";
import type { Ref } from "@engine/ref.ts";
import { add, make } from "./tasks.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "many", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build() {
    let last: Ref<Uint8Array> = make({ n: 1 }, "first");
    const others: Ref<Uint8Array>[] = [];
    for (let n = 2; n <= ${STAGES}; n++) {
      const { sum, other } = add({ parts: [last, make({ n }, \`\${n}\`)] }, \`\${n}\`);
      last = sum;
      others.push(other);
    }
    return { last, others };
  },
});
`,
};

/** Names of the stages that a process said this of. */
function stagesOf(output: string, kind: string): readonly string[] {
  return output.split("\n").filter((line) => line.startsWith(`${kind} `))
    .map((line) => line.slice(kind.length + 1));
}

Deno.test("a process killed at any moment leaves a store that the next run uses, repeating no finished stage", async () => {
  await using undisturbed = await newRig(MANY);
  const expected = (await undisturbed.reproduce()).value;
  await using rig = await newRig(MANY);
  const random = stream(8, "kill");
  const finished = new Set<string>();
  let kills = 0;
  for (let isOver = false; !isOver;) {
    const child = rig.spawn();
    // Some stages further, and then at any point of the next ones: reading, writing, renaming.
    await child.until("stage-finished", random.integer(5));
    await new Promise((resolve) => setTimeout(resolve, random.uniform() * 4));
    try {
      child.process.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended already
    }
    const { code, output, error } = await child.end();
    const again = stagesOf(output, "stage-started")
      .filter((name) => finished.has(name));
    assert.deepEqual(again, [], "finished stages do not start again");
    for (const name of stagesOf(output, "stage-finished")) finished.add(name);
    assert.ok(code === 137 || code === 0, error);
    isOver = output.includes("run-finished");
    if (code === 137) kills++;
  }
  assert.ok(kills >= 5, `${kills} kills`);

  const { value, events } = await rig.reproduce();
  assert.deepEqual(value, expected);
  assert.deepEqual(
    events.filter(({ kind }) => kind === "artifact-damaged"),
    [],
  );
  const left = await Array.fromAsync(Deno.readDir(join(rig.store, "tmp")));
  assert.deepEqual(left, [], "what was half written is swept away");
});
