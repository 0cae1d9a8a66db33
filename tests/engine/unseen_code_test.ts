/** Code and files that a key might not see: each is in the key, or stops the run before anything has run. */
import assert from "node:assert/strict";
import { CHAIN } from "./chain.ts";
import { newRig } from "./rig.ts";
import { test } from "../full.ts";

/** Two modules that are run for their effect alone. */
const EFFECTS = {
  ...CHAIN,
  "helper.ts": `
import "./add.ts";
import "./double.ts";
export const sizeOf = (size: number): number =>
  size + (globalThis as unknown as { rigSize: number }).rigSize;
`,
  "start.ts":
    "Object.assign(globalThis, { rigSize: 1 }); export const scope = globalThis as unknown as { rigSize: number };",
  "add.ts": 'import { scope } from "./start.ts"; scope.rigSize += 1;',
  "double.ts": 'import { scope } from "./start.ts"; scope.rigSize *= 2;',
};

test.inFull("reproduce() runs a stage again when modules run for their effect change places", async () => {
  await using rig = await newRig(EFFECTS);
  assert.equal(
    (await rig.reproduce()).value,
    "accuracy of 12 epochs on 7 images",
  );
  rig.edit("helper.ts", [
    'import "./add.ts";\nimport "./double.ts";',
    'import "./double.ts";\nimport "./add.ts";',
  ]);
  assert.deepEqual((await rig.plan())["load"], ["helper.ts changed"]);
  assert.equal(
    (await rig.reproduce()).value,
    "accuracy of 12 epochs on 6 images",
  );
});

/** Ways in which a task may reach a number beside it, and what is said of each. */
const REACHES: readonly (readonly [code: string, state: string])[] = [
  [
    "Deno.readTextFileSync(`${import.meta.dirname}/size.txt`)",
    "line 4: import.meta.dirname leads to files that no key holds",
  ],
  [
    "read(import.meta.url)",
    "line 4: import.meta.url leads to files that no key holds",
  ],
  [
    "((FILE: string) => Deno.readTextFileSync(new URL(FILE, import.meta.url)))('./size.txt')",
    "line 4: new URL(FILE, import.meta.url) names something that is known only when it runs",
  ],
  [
    'eval("3")',
    'line 4: eval("3") runs text as code, which no key holds',
  ],
];

for (const [code, state] of REACHES) {
  Deno.test(`reproduce() refuses a task with ${code}`, async () => {
    await using rig = await newRig({
      ...CHAIN,
      "size.txt": "3",
      "helper.ts": `
const FILE = "./helper.txt";
export function sizeOf(_: number): number {
  return Number(${code}) + FILE.length - FILE.length;
}
const read = (here: string) => Deno.readTextFileSync(new URL("./size.txt", here));
void read;
`,
    });
    const ran = rig.reproduce();
    await assert.rejects(ran, (error: Error) => {
      const start =
        `Cannot read the code of "helper.ts", named by "load.ts": ${state}; `;
      assert.equal(error.message.slice(0, start.length), start);
      return true;
    });
    assert.deepEqual(rig.counted(), []);
  });
}

Deno.test("reproduce() gives a reader the JSON that was written, so that an edited schema need not be in its key", async () => {
  await using rig = await newRig(CHAIN);
  // What it makes of what it reads is not what it makes of what it writes.
  rig.edit("load.ts", [
    "json(z.array(z.number()))",
    "json(z.array(z.number()).transform((all) => all.slice(0, 2)))",
  ]);
  const twice = "(all) => all.length === 2 ? [] : all.slice(0, 2)";
  assert.equal(
    (await rig.reproduce()).value,
    "accuracy of 12 epochs on 2 images",
  );
  rig.edit("load.ts", ["(all) => all.slice(0, 2)", twice]);
  const { runs, value } = await rig.reproduce();
  assert.deepEqual(runs, ["load"]);
  assert.equal(value, "accuracy of 12 epochs on 2 images");
  const forced = await rig.reproduce({ force: new Set(["train", "evaluate"]) });
  assert.deepEqual(forced.runs, ["evaluate", "train"]);
  assert.equal(forced.value, value);
});

test.inFull("reproduce() refuses a codec that was changed on its way to a task, and a shift too", async () => {
  await using codec = await newRig(CHAIN);
  codec.edit("load.ts", [
    "json(z.array(z.number()))",
    "{ ...json(z.array(z.number())), decode: () => [1] }",
  ]);
  await assert.rejects(codec.reproduce(), {
    message:
      /^Cannot define task "load": nothing says which module the codec of its value is from; /,
  });
  await using shift = await newRig({
    ...CHAIN,
    "shift.ts": `
import { define } from "@engine/define/definition.ts";
export const tint = define(import.meta.url, "tint", { apply: (x: number) => x });
`,
  });
  shift.edit("pipeline.ts", [
    "import { train }",
    'import { tint } from "./shift.ts";\nimport { train }',
  ]);
  shift.edit("pipeline.ts", [
    "load({ size })",
    "load({ size, shift: { ...tint, apply: (x: number) => -x } } as never)",
  ]);
  await assert.rejects(shift.reproduce(), {
    message:
      /^Cannot use argument "shift\.apply" of stage "load": .* is neither JSON nor a definition nor a ref$/,
  });
});
