import assert from "node:assert/strict";
import { join } from "node:path";
import { stageNames } from "../../../cli/named/stage_names.ts";
import { openStore } from "../../../engine/store/store.ts";
import { training } from "../toy_pipelines.ts";

/** A project of a few empty files, and a store; `asked` counts how often pipelines are loaded. */
async function project() {
  const root = await Deno.makeTempDir();
  for (const folder of ["pipelines/own", "tasks", "shifts", "models", "data"]) {
    await Deno.mkdir(join(root, folder), { recursive: true });
  }
  const file = join(root, "pipelines/own/one.ts");
  await Deno.writeTextFile(file, "");
  const store = join(root, ".store");
  let asked = 0;
  return {
    root,
    file,
    store,
    asked: () => asked,
    names: (profile: "smoke" | "default", name = "toy-line") =>
      stageNames({
        profile,
        root,
        store,
        pipelines: () => {
          asked++;
          return Promise.resolve([training(name), training()]);
        },
      }),
    async [Symbol.asyncDispose]() {
      await Deno.remove(root, { recursive: true });
    },
  };
}

const NAMES = ["load", "train/toy-line", "conclude"];

Deno.test("stageNames() loads pipelines once for each profile, until a file of theirs changes", async () => {
  await using t = await project();
  await openStore(t.store);
  assert.deepEqual(await t.names("default"), NAMES);
  assert.deepEqual(await t.names("default"), NAMES);
  assert.equal(t.asked(), 1);
  assert.deepEqual(await t.names("smoke"), NAMES);
  assert.deepEqual(await t.names("default"), NAMES);
  assert.equal(t.asked(), 2);
  const time = new Date(Date.UTC(2100, 0, 1));
  await Deno.utime(t.file, time, time);
  assert.deepEqual(await t.names("default", "toy-other"), [
    "load",
    "train/toy-other",
    "conclude",
    "train/toy-line",
  ]);
  assert.equal(t.asked(), 3);
  await t.names("smoke");
  assert.equal(t.asked(), 4);
});

Deno.test("stageNames() makes no store where there is none", async () => {
  await using t = await project();
  assert.deepEqual(await t.names("default"), NAMES);
  await assert.rejects(Deno.stat(t.store), Deno.errors.NotFound);
});
