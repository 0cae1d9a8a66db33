import assert from "node:assert/strict";
import { bytes } from "../../../../engine/define/codec.ts";
import {
  define,
  type Definition,
  sourceOf,
} from "../../../../engine/define/definition.ts";
import { defineTask } from "../../../../engine/define/task.ts";
import {
  importDefinition,
  importTask,
} from "../../../../engine/run/workers/import_export.ts";

const module = import.meta.url;

export const load = defineTask({
  module: import.meta.url,
  name: "load",
  result: bytes,
  run: () => new Uint8Array(),
});
export const tint = define(import.meta.url, "tint", { strength: 1 });
export const copy = { ...tint, strength: 2 };
export function scaled(strength: number): Definition {
  return define(import.meta.url, "scaled", { strength });
}

Deno.test("importTask() and importDefinition() import what is exported under a name", async () => {
  assert.equal((await importTask({ module, name: "load" })).name, "load");
  assert.equal(await importDefinition({ module, name: "tint" }), tint);
  assert.equal(await importDefinition(sourceOf(bytes)), bytes);
  for (const importAny of [importTask, importDefinition]) {
    await assert.rejects(importAny({ module, name: "gone" }), {
      name: "ReferenceError",
      message:
        `Cannot find "gone" in ${module}: a task, definition or codec must be exported under its name`,
    });
  }
});

Deno.test("importDefinition() refuses a copy with another part, and what is made where it is used", async () => {
  for (const name of ["copy", sourceOf(scaled(2)).name]) {
    await assert.rejects(importDefinition({ module, name }), {
      name: "ReferenceError",
      message:
        `Cannot use "${name}" in ${module}: it is not a definition; export what define() returns under its name`,
    });
  }
});
