import assert from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import plugin from "../../tools/lint/plugin.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

function messages(path: string, source: string): readonly string[] {
  return Deno.lint.runPlugin(plugin, `${root}${path}`, source)
    .map(({ message }) => message);
}

Deno.test("direction reports an import of a room that may not be entered", () => {
  assert.deepEqual(
    messages(
      "stats/lines/a.ts",
      'import { run } from "../../engine/run/run.ts";',
    ),
    ["stats/lines/ must not import engine/run/"],
  );
  assert.deepEqual(
    messages("engine/keys/a.ts", 'import type { S } from "../store/store.ts";'),
    ["engine/keys/ must not import engine/store/"],
  );
  assert.deepEqual(
    messages("models/ops/a.ts", 'export * from "../../shifts/tint.ts";'),
    ["models/ops/ must not import shifts/"],
  );
  assert.deepEqual(
    messages("engine/run/a.ts", 'await import("../../cli/main.ts");'),
    ["engine/run/ must not import cli/"],
  );
  assert.deepEqual(
    messages(
      "models/device/a.ts",
      'later(import.meta.resolve("../../tasks/training/train.ts"));',
    ),
    ["models/device/ must not import tasks/training/"],
  );
  assert.deepEqual(
    messages("engine/run/a.ts", 'const SITE = "../../reports/site/site.ts";'),
    ["engine/run/ must not import reports/site/"],
  );
});

Deno.test("direction accepts an import of a room below, or of the same", () => {
  assert.deepEqual(
    messages(
      "tasks/datasets/a.ts",
      'import { b } from "./b.ts"; import { tint } from "../../shifts/tint.ts";',
    ),
    [],
  );
});

Deno.test("direction reports a way into a room that is no door", () => {
  assert.deepEqual(
    messages(
      "tasks/training/a.ts",
      'import { widen } from "../../models/populations/widen.ts";',
    ),
    ["models/populations/widen.ts is no door of models/populations/"],
  );
  assert.deepEqual(
    messages(
      "tasks/training/a.ts",
      'import { size } from "../../models/populations/population_size.ts";',
    ),
    [],
  );
});

Deno.test("direction reports a module in a folder that is no room", () => {
  assert.deepEqual(
    messages("engine/misc/a.ts", "export {};"),
    ["engine/misc/ is no room"],
  );
  assert.deepEqual(messages("own/a.ts", "export {};"), ["own/ is no room"]);
  const hints = ["shifts/a/b.ts", "own/a.ts"].map((path) =>
    Deno.lint.runPlugin(plugin, `${root}${path}`, "")[0]?.hint
  );
  assert.deepEqual(hints, [
    "move the file into one (shifts, shifts/measure), or add a row to tools/lint/layers.ts",
    "move the file into one, or add a row to tools/lint/layers.ts",
  ]);
});

Deno.test("direction leaves files outside the rooms alone", () => {
  for (const path of ["tests/a.ts", "tools/a.ts"]) {
    assert.deepEqual(
      messages(path, 'import { run } from "../engine/run/run.ts";'),
      [],
    );
  }
  assert.deepEqual(messages("a.ts", 'import "./engine/run/run.ts";'), []);
});

Deno.test("direction reports a package outside its folder", () => {
  assert.deepEqual(
    messages(
      "tasks/lines/a.ts",
      'import * as tf from "@tensorflow/tfjs-core";',
    ),
    ["tasks/lines/ must not import @tensorflow/tfjs-core"],
  );
  assert.deepEqual(
    messages("models/ops/a.ts", 'import * as tf from "@tensorflow/tfjs-core";'),
    [],
  );
});

Deno.test("direction reports the import of what is for users of the package", () => {
  assert.deepEqual(
    messages(
      "tasks/splits/a.ts",
      'import { fitLine } from "../../stats/mod.ts";',
    ),
    ["stats/mod.ts is no door of stats/"],
  );
});

Deno.test("literal-spread reports an object literal that is spread into one, however deep", () => {
  const found = "an object literal is spread into an object literal";
  assert.deepEqual(
    messages(
      "cli/a.ts",
      "f({ ...{ a, b }, c: { ...{ d } }, e: { ...{ g } as const } });",
    ),
    [found, found, found],
  );
  assert.deepEqual(
    messages("cli/a.ts", "f({ ...a, ...(b ? { c } : {}) }, [...[d]]);"),
    [],
  );
});

Deno.test("array-spread-call reports an array of any length among arguments", () => {
  for (
    const [source, name] of [
      ["Math.max(...xs)", "Math.max"],
      ["Math.min(0, ...xs.map(f))", "Math.min"],
      ["Math.max.apply(null, xs)", "Math.max"],
      ["String.fromCharCode(...bytes)", "String.fromCharCode"],
      ["all.push(a, ...more)", "push"],
      ["f(x).list.unshift(...more)", "unshift"],
      ["all.push(...[0, ...more])", "push"],
      ["all.push(...isA ? [a] : more)", "push"],
    ] as const
  ) {
    assert.deepEqual(
      messages("stats/lines/a.ts", source),
      [`an array is spread into ${name}()`],
      source,
    );
  }
});

Deno.test("array-spread-call accepts a length that the code says, and tests", () => {
  for (
    const source of [
      "Math.max(a, b)",
      "all.push(a, ...isB ? [b] : [])",
      "all.push(...[a, b])",
      "all.push([...more], { ...one })",
      "Math.max.call(null, a)",
      "f.apply(null, xs)",
      "log(...words)",
    ]
  ) assert.deepEqual(messages("stats/lines/a.ts", source), [], source);
  assert.deepEqual(messages("tests/a.ts", "Math.max(...xs)"), []);
});

Deno.test("rules hold in a folder whose name has signs of addresses", async () => {
  const folder = await Deno.makeTempDir({ prefix: "a #1 50% " });
  try {
    await Deno.mkdir(`${folder}/tools/lint`, { recursive: true });
    for (const name of ["imports.ts", "layers.ts", "plugin.ts"]) {
      const path = `tools/lint/${name}`;
      await Deno.copyFile(`${root}${path}`, `${folder}/${path}`);
    }
    const there = pathToFileURL(`${folder}/tools/lint/plugin.ts`).href;
    const { default: copy } = await import(there);
    assert.deepEqual(
      Deno.lint.runPlugin(
        copy,
        `${folder}/stats/lines/a.ts`,
        'import { run } from "../../engine/run/run.ts";',
      ).map(({ message }) => message),
      ["stats/lines/ must not import engine/run/"],
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
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
