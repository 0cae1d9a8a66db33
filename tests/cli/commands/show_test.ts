import assert from "node:assert/strict";
import { join } from "node:path";
import { on, rig, rigsAfter, rigWithStore } from "../rig.ts";
import { training } from "../toy_pipelines.ts";
import { test } from "../../full.ts";
import { filesBelow } from "../../files_below.ts";

const pipelines = [training()];

const withResults = rigsAfter(async (t) => {
  await t.run(on("reproduce"), { pipelines });
});

Deno.test("show() prints arrays by type, shape and statistics, and JSON as values", async () => {
  await using t = await withResults();
  const { code, stdout } = await t.run(on("show", "train/toy-line"), {
    pipelines,
  });
  assert.equal(code, 0);
  assert.match(stdout, /^train\/toy-line of toy-line at profile default\n/);
  assert.match(
    stdout,
    /^made by tests\/cli\/toy_tasks\.ts#train in \d.* s, ended 2026-01-01T.*, on .*device toy/m,
  );
  assert.match(
    stdout,
    /^history {2}json, \d+ B, sha256 [0-9a-f]{64}\n {2}\[\n? +1,/m,
  );
  assert.match(
    stdout,
    /^ {2}filter {2}float32 \[2, 2\] {2}min 0 {2}mean 1 {2}max 2 {2}sd 0\.8165 {2}1 not finite$/m,
  );
  assert.match(stdout, /^ {2}labels {2}uint8 \[3\] +min 0 {2}mean 1 {2}max 2/m);
  assert.match(stdout, /^ {2}classes: cat, dog$/m);
});

Deno.test("show() prints one field with --field", async () => {
  await using t = await withResults();
  const { stdout } = await t.run(
    on("show", "train/toy-line", "--field", "history"),
    { pipelines },
  );
  assert.doesNotMatch(stdout, /filter/);
});

Deno.test("show() refuses a field that is not there, with the nearest name", async () => {
  await using t = await withResults();
  const { code, stderr } = await t.run(
    on("show", "train/toy-line", "--field", "histry"),
    { pipelines },
  );
  assert.equal(code, 2);
  assert.equal(
    stderr,
    'Cannot show field "histry": the fields are history and weights; did you mean "history"?\n',
  );
});

Deno.test("show() writes the bytes of an artifact with --output, to a new file alone", async () => {
  await using t = await withResults();
  const { code } = await t.run(
    on("show", "load", "--output", "numbers.json"),
    { pipelines },
  );
  assert.equal(code, 0);
  assert.equal(
    await Deno.readTextFile(join(t.folder, "numbers.json")),
    "[0,1,2]",
  );
  const again = await t.run(
    on("show", "load", "--output", "numbers.json"),
    { pipelines },
  );
  assert.deepEqual(
    [again.code, again.stderr],
    [
      2,
      'Cannot write "numbers.json": there is a file of that name; remove it, or name another with --output\n',
    ],
  );
});

test.inFull("show() writes the bytes to the standard output with --output -", async () => {
  await using t = await withResults();
  const { stdout } = await t.run(on("show", "load", "--output", "-"), {
    pipelines,
  });
  assert.equal(stdout, "[0,1,2]");
});

test.inFull("show() refuses to write several fields to one file", async () => {
  await using t = await withResults();
  const { code, stderr } = await t.run(
    on("show", "train/toy-line", "--output", "all"),
    { pipelines },
  );
  assert.equal(code, 2);
  assert.equal(
    stderr,
    "Cannot write 2 fields to one file: name one with --field, of history and weights\n",
  );
});

Deno.test("show() says of a file that cannot be written one line", async () => {
  await using t = await withResults();
  const { code, stderr } = await t.run(
    on("show", "load", "--output", "no/such/folder"),
    { pipelines },
  );
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot write "no\/such\/folder": there is no folder "no\/such"; make it, or name another file with --output\n$/,
  );
});

Deno.test("show() says that a stage has not run", async () => {
  await using t = await rigWithStore();
  const { code, stderr } = await t.run(on("show", "load"), { pipelines });
  assert.equal(code, 1);
  assert.equal(
    stderr,
    'Cannot show stage "load" of toy-line at profile default: its result is not in this store; run `deno task reproduce toy-line --store store`\n',
  );
});

Deno.test("show() names the profile at which a stage has run", async () => {
  await using t = await rig();
  await t.run(on("reproduce", "--profile", "smoke", "--replace"), {
    pipelines,
  });
  const { stderr } = await t.run(on("show", "load"), { pipelines });
  assert.equal(
    stderr,
    'Cannot show stage "load" of toy-line at profile default: its result is not in this store; run `deno task reproduce toy-line --store store`; it exists at profile smoke: add --profile smoke\n',
  );
});

test.inFull("show() takes a stage that is the same in several pipelines from one that has run", async () => {
  await using t = await rig();
  const other = training("toy-other");
  await t.run(on("reproduce"), { pipelines: [other] });
  const { code, stdout } = await t.run(on("show", "load"), {
    pipelines: [...pipelines, other],
  });
  assert.equal(code, 0);
  assert.match(stdout, /^load of toy-other at profile default\n/);
});

Deno.test("show() says that an artifact is damaged", async () => {
  await using t = await withResults();
  const objects = join(t.folder, "store/objects");
  for (const path of filesBelow(objects).map((path) => join(objects, path))) {
    await Deno.writeTextFile(path, "9".repeat((await Deno.stat(path)).size));
  }
  const { code, stderr } = await t.run(on("show", "load"), { pipelines });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot read artifact [0-9a-f]{12}: its bytes are not what was written\n$/,
  );
});
