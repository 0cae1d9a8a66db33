import assert from "node:assert/strict";
import { CHAIN } from "../chain.ts";
import { newRig } from "../rig.ts";
import { test } from "../../full.ts";

Deno.test("reproduce() runs nothing the second time", async () => {
  await using rig = await newRig(CHAIN);
  const first = await rig.reproduce();
  assert.deepEqual(first.runs, ["evaluate", "load", "train"]);
  assert.equal(first.value, "accuracy of 12 epochs on 3 images");
  const second = await rig.reproduce();
  assert.deepEqual(second.runs, []);
  assert.equal(second.value, first.value);
  assert.deepEqual(await rig.plan(), {});
});

Deno.test("reproduce() runs nothing after edits of comments, types and formatting", async () => {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  rig.edit("helper.ts", [
    "return size;",
    "/* as it is */ return (size as number);",
  ]);
  rig.edit("load.ts", [
    "export const load",
    "\n\n/** Loads. */\nexport const load",
  ]);
  rig.edit("train.ts", [
    "epochs: number }) => {",
    "epochs: number & {} }) =>\n  {",
  ]);
  rig.files["count.ts"] += "\nexport interface Unused { readonly a: string }\n";
  const { runs } = await rig.reproduce();
  assert.deepEqual(runs, []);
});

Deno.test("reproduce() runs a stage whose param changed and what depends on it", async () => {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]);
  assert.deepEqual(await rig.plan(), {
    train: ["epochs 12 → 13"],
    evaluate: ["input run may change, because train runs"],
  });
  const { runs, value } = await rig.reproduce();
  assert.deepEqual(runs, ["evaluate", "train"]);
  assert.equal(value, "accuracy of 13 epochs on 3 images");
});

test.inFull("reproduce() stops the cascade where a changed helper gives the same bytes", async () => {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  rig.edit("helper.ts", ["return size;", "return size * 1;"]);
  assert.deepEqual((await rig.plan())["load"], ["helper.ts changed"]);
  const { runs, events } = await rig.reproduce();
  assert.deepEqual(runs, ["load"]);
  assert.deepEqual(
    events.filter(({ kind }) => kind === "stage-finished")
      .map((event) => "unchanged" in event && event.unchanged),
    [true],
  );
});

test.inFull("reproduce() goes on where a changed helper gives other bytes", async () => {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  rig.edit("helper.ts", ["return size;", "return size + 1;"]);
  const { runs, value } = await rig.reproduce();
  assert.deepEqual(runs, ["evaluate", "load", "train"]);
  assert.equal(value, "accuracy of 12 epochs on 4 images");
});

test.inFull("reproduce() serves a reverted edit from the store", async () => {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  rig.edit("helper.ts", ["return size;", "return size + 1;"]);
  await rig.reproduce();
  rig.edit("helper.ts", ["return size + 1;", "return size;"]);
  const { runs, value } = await rig.reproduce();
  assert.deepEqual(runs, []);
  assert.equal(value, "accuracy of 12 epochs on 3 images");
});

test.inFull("reproduce() runs a forced stage, and nothing else if its bytes stay", async () => {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  assert.deepEqual((await rig.plan(["train"]))["train"], [
    "forced on the command line",
  ]);
  const { runs } = await rig.reproduce({ force: new Set(["train"]) });
  assert.deepEqual(runs, ["train"]);
});

Deno.test("reproduce() emits every event of a run in order", async () => {
  await using rig = await newRig(CHAIN);
  const { events } = await rig.reproduce({ clock: () => 1000 });
  assert.deepEqual(
    events.map((event) =>
      "stage" in event ? `${event.kind} ${event.stage}` : event.kind
    ),
    [
      "run-started",
      ...["load", "train", "evaluate"].flatMap((stage) => [
        `stage-started ${stage}`,
        `stage-finished ${stage}`,
      ]),
      "run-finished",
    ],
  );
  assert.deepEqual(events.at(-1), {
    kind: "run-finished",
    pipeline: "chain",
    profile: "smoke",
    stages: 3,
    ran: 3,
    cached: 0,
    failed: 0,
    seconds: 0,
  });
});

const DEFINITIONS = {
  "shift.ts": `
import { define } from "@engine/define/definition.ts";
import { amount } from "./amount.ts";
export const tint = define(import.meta.url, "tint", { apply: (x: number) => x + amount });
`,
  "amount.ts": "export const amount = 1;",
  "apply.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
interface Shift { apply(x: number): number }
export const apply = defineTask({
  module: import.meta.url,
  name: "apply",
  result: json(z.number()),
  run: ({ shift, x }: { shift: Shift; x: number }) => {
    count("apply");
    return shift.apply(x);
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { apply } from "./apply.ts";
import { tint } from "./shift.ts";
export const pipeline = definePipeline({
  module: import.meta.url,
  name: "shifted",
  title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build: () => apply({ shift: tint, x: 1 }),
});
`,
};

Deno.test("reproduce() passes a definition to a worker and takes its code into the key", async () => {
  await using rig = await newRig(DEFINITIONS);
  assert.equal((await rig.reproduce()).value, 2);
  rig.edit("amount.ts", ["1", "5"]);
  assert.deepEqual(await rig.plan(), { apply: ["amount.ts changed"] });
  const { runs, value } = await rig.reproduce();
  assert.deepEqual(runs, ["apply"]);
  assert.equal(value, 6);
});

Deno.test("reproduce() runs nothing again for a text for readers, which no stage can read", async () => {
  const texts = 'title: "Dark", description: "Darker.", ';
  const task = DEFINITIONS["apply.ts"];
  await using rig = await newRig({
    ...DEFINITIONS,
    "shift.ts": DEFINITIONS["shift.ts"].replace("apply:", `${texts} apply:`),
    "apply.ts": task.replace(
      "shift.apply(x)",
      "({ ...shift }).apply(x)",
    ),
  });
  assert.equal((await rig.reproduce()).value, 2);
  rig.edit("shift.ts", ["Darker.", "Darker than any."]);
  assert.deepEqual(await rig.plan(), {});
  rig.edit("apply.ts", ["...shift", "...shift, as: shift.description"]);
  const { result } = await rig.reproduce();
  assert.match(
    `${result.failures[0]?.message}`,
    /Cannot read the description of "tint" in a stage: it is for readers, and no key has it; give the stage the text as an argument/,
  );
});

test.inFull("reproduce() takes the code of the codec that reads an input into the key", async () => {
  await using rig = await newRig({
    ...CHAIN,
    "codec.ts": `
import { define } from "@engine/define/definition.ts";
export const images = define(import.meta.url, "images", {
  name: "images",
  encode: (value: readonly number[]) => Uint8Array.from(value),
  decode: (bytes: Uint8Array): readonly number[] => [...bytes],
});
`,
  });
  rig.edit("load.ts", ["json(z.array(z.number()))", "images"]);
  rig.edit("load.ts", [
    "import { z }",
    'import { images } from "./codec.ts";\nimport { z }',
  ]);
  await rig.reproduce();
  // The bytes of `load` stay the same, what `train` makes of them does not.
  rig.edit("codec.ts", ["[...bytes]", "[...bytes, 9]"]);
  const { runs, value } = await rig.reproduce();
  assert.deepEqual(runs, ["evaluate", "load", "train"]);
  assert.equal(value, "accuracy of 12 epochs on 4 images");
});

Deno.test("reproduce() gives a task its arguments as the key has them", async () => {
  await using rig = await newRig({
    ...DEFINITIONS,
    "shift.ts":
      "export const tint = { b: [-0], a: { n: undefined }, c: undefined };",
  });
  rig.edit("apply.ts", [
    "shift.apply(x)",
    "Object.entries(shift).length * (Object.keys(shift)[0] === 'a' ? 1 / (shift as unknown as { b: number[] }).b[0]! : 0) === Infinity ? 1 : 0",
  ]);
  assert.equal((await rig.reproduce()).value, 1);
});
