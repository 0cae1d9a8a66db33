import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOfKey } from "../../../engine/keys/key.ts";
import { openStore, type StageRecord } from "../../../engine/store/store.ts";
import { on, rig, rigWithStore } from "../rig.ts";
import { namedByScale, training } from "../toy_pipelines.ts";
import { test } from "../../full.ts";

Deno.test("explain() gives the cause and the whole key, old values beside new ones", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines: [training()] });
  const { code, stdout } = await t.run(on("explain", "train/toy-line"), {
    pipelines: [training("toy-line", { epochs: 13 })],
  });
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^train\/toy-line of toy-line at profile default would run, because\n {2}epochs 12 → 13\n/,
  );
  assert.match(stdout, /^ {2}task {2}tests\/cli\/toy_tasks\.ts#train$/m);
  assert.match(stdout, /^ {4}epochs {2}13 {2}\(was 12\)$/m);
  assert.match(stdout, /^ {4}fails {3}false$/m);
  assert.match(stdout, /^ {4}data {2}[0-9a-f]{12}, value of load$/m);
  assert.match(stdout, /^ {4}tests\/cli\/toy_tasks\.ts +[0-9a-f]{12}$/m);
  assert.match(stdout, /^ {4}zod +4\.\d+\.\d+ /m);
  assert.match(stdout, /^ {4}device +toy$/m);
  assert.match(stdout, /^ {4}history +json$/m);
  assert.match(stdout, /^ {2}digest of all this {2}[0-9a-f]{64}$/m);
});

Deno.test("explain() says of a cached stage when it ran", async () => {
  await using t = await rig();
  const pipelines = [training()];
  await t.run(on("reproduce"), { pipelines });
  const { stdout } = await t.run(on("explain", "load"), { pipelines });
  assert.match(
    stdout,
    /^load of toy-line at profile default is in the store and would not run.*\(2026-01-01T/,
  );
});

Deno.test("explain() takes the last word for a pipeline if it is one, or else the first", async () => {
  await using t = await rigWithStore();
  const pipelines = [training("toy-line"), training("toy-other")];
  for (const words of [["load", "toy-other"], ["toy-other", "load"]]) {
    const { code, stdout } = await t.run(on("explain", ...words), {
      pipelines,
    });
    assert.equal(code, 0);
    assert.match(stdout, /^load of toy-other at profile default would run/);
  }
});

Deno.test("explain() says that the digest waits for inputs", async () => {
  await using t = await rigWithStore();
  const { stdout } = await t.run(on("explain", "conclude"), {
    pipelines: [training()],
  });
  assert.match(stdout, /history {2}not made yet, history of train\/toy-line/);
  assert.match(stdout, /digest of all this {2}known once the inputs are made/);
});

test.inFull("explain() says through which imports a stage depends on code and packages that changed", async () => {
  await using t = await rig();
  const pipelines = [training()];
  await t.run(on("reproduce"), { pipelines });
  // As if the store were from before two edits.
  const store = await openStore(join(t.folder, "store"));
  const keys = store.lastKeys("toy-line.default");
  const now = store.record(keys["train/toy-line"] ?? "");
  assert.ok(now);
  const earlier: StageRecord = {
    ...now,
    key: {
      ...now.key,
      code: { ...now.key.code, "engine/define/safetensors.ts": "0".repeat(64) },
      packages: { ...now.key.packages, zod: "4.0.0 (sha256 000000000000)" },
    },
  };
  await store.putRecord(earlier);
  const digest = digestOfKey(earlier.key);
  await store.putLastKeys(
    "toy-line.default",
    new Map(Object.entries({ ...keys, "train/toy-line": digest })),
  );
  const key = digestOfKey(now.key);
  await Deno.remove(
    join(store.folder, "records", key.slice(0, 2), `${key}.json`),
  );
  const { stdout } = await t.run(on("explain", "train/toy-line"), {
    pipelines,
  });
  assert.deepEqual(stdout.split("\n").slice(1, 5), [
    "  engine/define/safetensors.ts changed",
    "    by way of tests/cli/toy_tasks.ts → engine/define/safetensors.ts",
    `  package zod 4.0.0 (sha256 000000000000) → ${now.key.packages["zod"]}`,
    "    imported by tests/cli/toy_tasks.ts",
  ]);
});

test.inFull("explain() asks which stage is meant only where pipelines have different ones", async () => {
  await using t = await rig();
  const [line, other] = [training(), training("toy-other")];
  await t.run(on("reproduce"), { pipelines: [other] });
  const same = await t.run(on("explain", "load"), { pipelines: [line, other] });
  assert.match(same.stdout, /^load of toy-other at profile default is in /);
  const larger = training("toy-larger", { size: 4 });
  const asked = await t.run(on("explain", "load"), {
    pipelines: [line, larger],
  });
  assert.equal(asked.code, 2);
  assert.equal(
    asked.stderr,
    'Cannot tell which stage "load" is meant: pipelines toy-line and toy-larger have different ones; name the pipeline after it\n',
  );
});

test.inFull("explain() names the profile that has a stage", async () => {
  await using t = await rig();
  const { stderr } = await t.run(on("explain", "load/of-1"), {
    pipelines: [namedByScale()],
  });
  assert.equal(
    stderr,
    'Cannot find stage "load/of-1" in toy-scale at profile default: it exists at profile smoke; add --profile smoke\n',
  );
});

Deno.test("explain() lists with --list the stages whose names contain the words, and explains none", async () => {
  await using t = await rigWithStore();
  const pipelines = [training(), training("toy-other")];
  const all = await t.run(on("explain", "--list"), { pipelines });
  assert.equal(all.code, 0);
  assert.equal(all.stdout, "load\ntrain/toy-line\nconclude\ntrain/toy-other\n");
  const some = await t.run(on("explain", "TRAIN", "--list"), { pipelines });
  assert.equal(some.stdout, "train/toy-line\ntrain/toy-other\n");
  const within = await t.run(on("explain", "train", "toy-other", "--list"), {
    pipelines,
  });
  assert.equal(within.stdout, "train/toy-other\n");
  const none = await t.run(on("explain", "trian", "--list"), { pipelines });
  assert.equal(none.code, 2);
  assert.equal(
    none.stderr,
    'Cannot find a stage with "trian" in its name: none of 4 at profile default has that\n',
  );
  await using empty = await rigWithStore();
  const nowhere = await empty.run(on("explain", "--list"), { pipelines: [] });
  assert.equal(
    nowhere.stderr,
    "Cannot find a stage: there is none at profile default\n",
  );
});
