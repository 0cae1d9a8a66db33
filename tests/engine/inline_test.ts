/** Inline tasks: their calls are part of the stages that take the results. */
import assert from "node:assert/strict";
import { countWorkers } from "./counted_workers.ts";
import { newRig, type Rig } from "./rig.ts";

const SHIFTS = {
  "tasks.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
export const numbers = defineTask({
  module: import.meta.url, name: "numbers", result: json(z.array(z.number())),
  run({ n }: { n: number }) {
    count("numbers");
    return Array.from({ length: n }, (_, i) => i);
  },
});
interface Args { of: readonly number[]; plain?: readonly number[]; name: string }
export const total = defineTask({
  module: import.meta.url, name: "total", result: json(z.string()),
  run({ of, name }: Args) {
    count("total " + name);
    return name + " " + of.reduce((sum, one) => sum + one, 0);
  },
  together: {
    most: () => MOST,
    group: ({ of }) => ({ of }),
    run(stages) {
      const [first] = stages;
      const isOne = (field: "of" | "plain") => stages.every(({ args }) => args[field] === first?.args[field]);
      count((isOne("of") ? "one copy" : "several copies") + (isOne("plain") ? "" : ", other artifacts"));
      return Promise.resolve(stages.map(({ args: { name, of } }) => ({
        status: "fulfilled", value: name + " " + of.reduce((sum, one) => sum + one, 0),
      } as const)));
    },
  },
});
`,
  "shift.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import type { Definition } from "@engine/define/definition.ts";
import { count } from "./count.ts";
export const shift = defineTask({
  module: import.meta.url, name: "shift", inline: true,
  result: { numbers: json(z.array(z.number())), by: json(z.number()) },
  run({ numbers, by, how }: { numbers: readonly number[]; by: number; options?: object; how: Definition & { apply(n: number, by: number): number } }, context) {
    count("shift " + by);
    context.progress({ unit: "of no stage", done: 1, total: 1 });
    if (by > 100) throw new RangeError("Cannot shift so far");
    return { numbers: numbers.map((n) => how.apply(n, by)), by };
  },
});
`,
  "how.ts": `
import { define } from "@engine/define/definition.ts";
export const how = define(import.meta.url, "how", { apply: (n: number, by: number) => n + by });
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { how } from "./how.ts";
import { shift } from "./shift.ts";
import { numbers, total } from "./tasks.ts";
const p = 10;
export const pipeline = definePipeline({
  module: import.meta.url, name: "shifts", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build() {
    const plain = numbers({ n: 3 });
    const once = shift({ numbers: plain, by: p, options: {}, how });
    const twice = shift({ numbers: once.numbers, by: 2, how }, "twice");
    return [
      total({ of: plain, name: "plain" }, "plain"),
      total({ of: once.numbers, plain, name: "once" }, "once"),
      total({ of: once.numbers, plain, name: "again" }, "again"),
      total({ of: twice.numbers, name: "twice" }, "twice"),
      DIRECT
    ];
  },
});
`,
};

async function rigOf(
  { direct = "", most = 1 }: { direct?: string; most?: number } = {},
): Promise<Rig> {
  const rig = await newRig(SHIFTS);
  rig.edit("pipeline.ts", ["DIRECT", direct]);
  rig.edit("tasks.ts", ["MOST", `${most}`]);
  return rig;
}

const VALUE = ["plain 3", "once 33", "again 33", "twice 39"];

Deno.test("a call of an inline task is made in each stage that takes its result, and is no stage", async () => {
  await using rig = await rigOf();
  const { value, runs, result } = await rig.reproduce();
  assert.deepEqual(value, VALUE);
  assert.deepEqual([...result.records.keys()].sort(), [
    "numbers",
    "total/again",
    "total/once",
    "total/plain",
    "total/twice",
  ]);
  assert.deepEqual(runs.filter((line) => line.startsWith("shift")), [
    "shift 10",
    "shift 10",
    "shift 10",
    "shift 2",
  ]);
  assert.deepEqual((await rig.reproduce()).runs, []);
});

Deno.test("the key of a stage holds arguments, inputs and code of the calls in it, as far down as they go", async () => {
  await using rig = await rigOf();
  const { result } = await rig.reproduce();
  const key = result.records.get("total/twice")?.key;
  assert.deepEqual(key?.params, {
    name: "twice",
    "of.by": { definition: "shift.ts#shift" },
    "of.field": "numbers",
    "of.from.by": 2,
    "of.from.how": { definition: "how.ts#how" },
    "of.from.numbers.by": { definition: "shift.ts#shift" },
    "of.from.numbers.field": "numbers",
    "of.from.numbers.from.by": 10,
    "of.from.numbers.from.how": { definition: "how.ts#how" },
    "of.from.numbers.from.options": {},
  });
  assert.deepEqual(Object.keys(key?.inputs ?? {}), [
    "of.from.numbers.from.numbers",
  ]);
  for (const path of ["shift.ts", "how.ts"]) {
    assert.ok(path in (key?.code ?? {}), path);
    const plain = result.records.get("total/plain")?.key.code ?? {};
    assert.ok(!(path in plain), path);
  }
});

Deno.test("an edit of what a call is given reruns the stages that it is part of, and says so", async () => {
  await using rig = await rigOf();
  await rig.reproduce();
  rig.edit("pipeline.ts", ["p = 10", "p = 20"]);
  assert.deepEqual(await rig.plan(), {
    "total/once": ["of.from.by 10 → 20"],
    "total/again": ["of.from.by 10 → 20"],
    "total/twice": ["of.from.numbers.from.by 10 → 20"],
  });
  const { value, runs } = await rig.reproduce();
  assert.deepEqual(value, ["plain 3", "once 63", "again 63", "twice 69"]);
  assert.ok(!runs.includes("numbers"));
  rig.edit("how.ts", ["n + by", "n - by"]);
  const causes = (await rig.plan())["total/once"];
  assert.match(causes?.join() ?? "", /how\.ts/);
  assert.deepEqual((await rig.reproduce()).value, [
    "plain 3",
    "once -57",
    "again -57",
    "twice -63",
  ]);
});

Deno.test("an error of a call ends the stages that it is part of, and no others", async () => {
  await using rig = await rigOf();
  rig.edit("pipeline.ts", ["p = 10", "p = 101"]);
  const { result } = await rig.reproduce();
  assert.deepEqual(
    result.failures.map(({ stage, message }) => [stage, message]).sort(),
    ([["again", "of"], ["once", "of"], ["twice", "of.numbers"]] as const).map((
      [name, place],
    ) => [
      `total/${name}`,
      `Cannot complete stage "total/${name}": Cannot shift so far, in shift(), which makes argument "${place}"`,
    ]),
  );
  assert.ok(result.records.has("total/plain"));
  for (const { cause } of result.failures) {
    assert.ok(cause instanceof Error && cause.cause instanceof Error);
    const { stack = "" } = cause.cause;
    assert.match(stack, /shift\.ts:\d+/);
    assert.ok(!stack.includes(rig.store), stack);
  }
});

Deno.test("a call is told what it reached for, as a stage is", async () => {
  await using rig = await rigOf();
  rig.edit("how.ts", [
    "n + by",
    "Deno.readTextFileSync(['', 'etc', by].join('/')).length",
  ]);
  const { result } = await rig.reproduce();
  const once = result.failures.find(({ stage }) => stage === "total/once");
  assert.equal(
    once?.message,
    'Cannot complete stage "total/once": it reached for read access to "/etc/10", but a stage in a worker may use only its arguments and its code, in shift(), which makes argument "of"',
  );
});

Deno.test("a call whose result a report takes itself is a stage, too, and is kept", async () => {
  await using rig = await rigOf({ direct: "twice.by, once.numbers," });
  const { value, result, runs } = await rig.reproduce();
  assert.deepEqual(value, [...VALUE, 2, [10, 11, 12]]);
  assert.ok(result.records.has("shift"));
  assert.ok(result.records.has("shift/twice"));
  assert.deepEqual(
    result.records.get("shift/twice")?.key.params["numbers.field"],
    "numbers",
  );
  assert.equal(runs.filter((line) => line === "shift 2").length, 2);
});

Deno.test("stages that run together share what a call at the same place has made", async () => {
  await using rig = await rigOf({ most: 4 });
  using workers = countWorkers();
  const { value, runs } = await rig.reproduce({ jobs: 1 });
  assert.deepEqual(value, VALUE);
  assert.equal(workers.started.length, 1);
  assert.deepEqual(runs, [
    "numbers",
    "several copies, other artifacts",
    "shift 10",
    "shift 10",
    "shift 2",
  ]);
  rig.edit("pipeline.ts", ["p = 10", "p = 20"]);
  rig.edit("pipeline.ts", [
    'total({ of: twice.numbers, name: "twice" }, "twice"),',
    "",
  ]);
  assert.deepEqual((await rig.reproduce({ jobs: 1 })).runs, [
    "one copy",
    "shift 20",
  ]);
});

Deno.test("what a call makes goes through its codec, which refuses what it does not fit", async () => {
  await using rig = await rigOf();
  rig.edit("how.ts", ["n + by", "by === 2 ? NaN : n + by"]);
  const { result, value } = await rig.reproduce();
  assert.equal(value, undefined);
  const [failure, ...others] = result.failures;
  assert.equal(failure?.stage, "total/twice");
  assert.match(
    failure?.message ?? "",
    /NaN.*, in shift\(\), which makes argument "of"$/s,
  );
  assert.deepEqual(others, []);
});
