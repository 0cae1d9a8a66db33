import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toyProject } from "../toy_project.ts";

Deno.test("filesOf() keeps what it read for the next process", async () => {
  await using toy = await toyProject();
  const module = import.meta.resolve("../../../engine/define/later.ts");
  const path = fileURLToPath(module);
  const project = await toy.open();
  const files = await project.filesOf([module]);
  assert.ok(files.includes(path));
  const kept = await Deno.readTextFile(join(toy.store, "code.json"));
  assert.ok(kept.includes(path));
});
