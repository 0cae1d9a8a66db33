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

const ROOT = new URL("../../../", import.meta.url);

Deno.test("codeOf() gives the digest of each file of some modules once, in order of path", async () => {
  await using toy = await toyProject();
  const paths = ["engine/define/shape.ts", "engine/define/later.ts"];
  const modules = [...paths, ...paths]
    .map((path) => new URL(path, ROOT).href);
  const code = await (await toy.open()).codeOf(modules);
  assert.ok(paths.every((path) => /^[0-9a-f]{64}$/.test(`${code.get(path)}`)));
  assert.deepEqual([...code.keys()], [...code.keys()].sort());
});
