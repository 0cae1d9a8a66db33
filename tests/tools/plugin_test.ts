import assert from "node:assert/strict";
import plugin from "../../tools/lint/plugin.ts";

const root = new URL("../../", import.meta.url).pathname;

function messages(path: string, source: string): readonly string[] {
  return Deno.lint.runPlugin(plugin, `${root}${path}`, source)
    .map(({ message }) => message);
}

Deno.test("direction reports an import that goes up the layers", () => {
  assert.deepEqual(
    messages("stats/a.ts", 'import { run } from "../engine/run.ts";'),
    ["stats/ must not import engine/"],
  );
  assert.deepEqual(
    messages("models/a.ts", 'export * from "../shifts/tint.ts";'),
    ["models/ must not import shifts/"],
  );
  assert.deepEqual(
    messages("engine/a.ts", 'await import("../cli/main.ts");'),
    ["engine/ must not import cli/"],
  );
  assert.deepEqual(
    messages("models/a.ts", 'later(import.meta.resolve("../tasks/train.ts"));'),
    ["models/ must not import tasks/"],
  );
});

Deno.test("direction accepts an import that goes down the layers or stays", () => {
  assert.deepEqual(
    messages(
      "tasks/a.ts",
      'import { b } from "./b.ts"; import { tint } from "../shifts/tint.ts";',
    ),
    [],
  );
});

Deno.test("direction leaves files outside the layers alone", () => {
  assert.deepEqual(
    messages("tests/a.ts", 'import { run } from "../engine/run.ts";'),
    [],
  );
});

Deno.test("direction reports a package outside its folder", () => {
  assert.deepEqual(
    messages("tasks/a.ts", 'import * as tf from "@tensorflow/tfjs";'),
    ["tasks/ must not import @tensorflow/tfjs"],
  );
  assert.deepEqual(
    messages("models/a.ts", 'import * as tf from "@tensorflow/tfjs";'),
    [],
  );
});

Deno.test("direction reports the import of a barrel", () => {
  assert.deepEqual(
    messages("tasks/a.ts", 'import { fitLine } from "../stats/mod.ts";'),
    ["tasks/ must not import stats/mod.ts"],
  );
});

Deno.test("error-message reports a message with a final period or a small start", () => {
  const found =
    "an error message starts with a capital and has no final period";
  assert.deepEqual(
    messages("engine/a.ts", 'throw new Error("Cannot do it.");'),
    [found],
  );
  assert.deepEqual(
    messages("engine/a.ts", "throw new Error(`cannot do ${name}`);"),
    [found],
  );
  assert.deepEqual(
    messages("engine/a.ts", "throw new Error(`Cannot do ${name}`);"),
    [],
  );
});
