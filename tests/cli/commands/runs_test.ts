import assert from "node:assert/strict";
import { join } from "node:path";
import { gone } from "../gone_source.ts";
import { on, rig, rigWithStore } from "../rig.ts";
import { tabular, training } from "../toy_pipelines.ts";
import { test } from "../../full.ts";

const pipelines = [training()];

Deno.test("runs() lists runs, newest first, with what became of their stages", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines });
  await t.run(on("reproduce", "--profile", "smoke", "--replace"), {
    pipelines: [training("toy-line", { fails: true })],
  });
  const { code, stdout } = await t.run(on("runs"), { pipelines });
  assert.equal(code, 0);
  assert.match(
    // Tests may run outside a checkout, or before a commit.
    stdout.replaceAll(
      / {2}(commit \w{7}(, edited)?|no commit) +on /g,
      "  COMMIT on ",
    ),
    /^[0-9a-f]{12} {2}2026-01-01 00:00 UTC {2}smoke {4}failed {4}\d.\d s {2}0 ran, 1 reused, 2 without result {2}COMMIT on toy: toy-line\n[0-9a-f]{12} {2}2026-01-01 00:00 UTC {2}default {2}finished {2}\d\d s {3}3 ran, 0 reused {20}COMMIT on toy: toy-line\n$/,
  );
});

test.inFull("runs() tells a run in two lines on a terminal that is too narrow for one", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines });
  const told = async (columns: number, isTerminal = true) =>
    (await t.run(on("runs"), { pipelines, columns, isTerminal })).stdout
      .replace(/commit \w{7}(, edited)?|no commit/, "COMMIT");
  const narrow =
    /^[0-9a-f]{12} {2}.* {2}3 ran, 0 reused\n {2}COMMIT {2}on toy: toy-line\n$/;
  const wide = /^[0-9a-f]{12} {2}.* reused {2}COMMIT {2}on toy: toy-line\n$/;
  assert.match(await told(80), narrow);
  assert.match(
    await told(60),
    /^[0-9a-f]{12} {2}.* s\n {2}3 ran, 0 reused {2}COMMIT {2}on toy: toy-line\n$/,
  );
  assert.match(await told(200), wide);
  assert.match(await told(80, false), wide);
});

Deno.test("runs() says of a run that files differed from its commit", async () => {
  await using t = await rig();
  const commitIn = async (change: Readonly<Record<string, unknown>>) => {
    await t.run(on("reproduce"), { pipelines });
    const folder = join(t.folder, "store/runs");
    for await (const { name } of Deno.readDir(folder)) {
      const path = join(folder, name);
      const run = JSON.parse(await Deno.readTextFile(path));
      await Deno.writeTextFile(path, JSON.stringify({ ...run, ...change }));
    }
    const { stdout } = await t.run(on("runs"), { pipelines });
    return / {2}(\S+ commit|commit .*?) {2}/.exec(stdout)?.[1];
  };
  const commit = "1234567890abcdef".repeat(3).slice(0, 40);
  assert.equal(await commitIn({ commit, edited: [] }), "commit 1234567");
  assert.equal(
    await commitIn({ commit, edited: ["tasks/training/train.ts"] }),
    "commit 1234567, edited",
  );
  assert.equal(await commitIn({ commit: null }), "no commit");
});

test.inFull("runs() calls a run as the end of reproduce does when nothing failed but that a source cannot be had", async () => {
  await using t = await rig();
  const table = tabular([gone("v2.csv")]);
  const made = await t.run(on("reproduce"), { pipelines: [table] });
  assert.match(made.stderr, /^Without published files: toy-table\./);
  await t.run(on("reproduce"), {
    pipelines: [table, training("toy-line", { fails: true })],
  });
  const { stdout } = await t.run(on("runs"), { pipelines });
  assert.match(
    stdout,
    /^.* {2}failed {2}.*\n.* {2}without published files {2}/,
  );
  const { stdout: json } = await t.run(on("runs", "--json"), { pipelines });
  assert.deepEqual(
    JSON.parse(json).map(({ state }: { state: string }) => state),
    ["without published files", "failed"],
  );
});

test.inFull("runs() says of a run that did not come to an end that it may have been killed, or was", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines });
  const folder = join(t.folder, "store/runs");
  const [name = ""] = await Array.fromAsync(
    Deno.readDir(folder),
    ({ name }) => name,
  ).then((names) => names.filter((name) => name.endsWith(".json")));
  const text = await Deno.readTextFile(join(folder, name));
  for (
    const [presence, said, state] of [
      ["", "running or killed", "running"],
      [',"presence":"gone"', "killed", "killed"],
    ] as const
  ) {
    await Deno.writeTextFile(
      join(folder, name),
      text.replace('"finished"', `"running"${presence}`),
    );
    const { stdout } = await t.run(on("runs"), { pipelines });
    assert.ok(stdout.includes(`  ${said}  `), stdout);
    const { stdout: json } = await t.run(on("runs", "--json"), { pipelines });
    assert.equal(JSON.parse(json)[0].state, state);
  }
});

test.inFull("runs() prints runs as JSON, oldest first", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines });
  await t.run(on("reproduce"), { pipelines });
  const { stdout } = await t.run(on("runs", "--json"), { pipelines });
  const runs = JSON.parse(stdout);
  assert.deepEqual(
    runs.map(({ state, pipelines, ran, reused, failed, blocked }: {
      state: string;
      pipelines: string[];
      ran: number;
      reused: number;
      failed: number;
      blocked: number;
    }) => [state, pipelines, ran, reused, failed, blocked]),
    [
      ["finished", ["toy-line"], 3, 0, 0, 0],
      ["finished", ["toy-line"], 0, 3, 0, 0],
    ],
  );
});

Deno.test("runs() says that there is none yet", async () => {
  await using t = await rigWithStore();
  const { code, stdout } = await t.run(on("runs"), { pipelines });
  assert.equal(code, 0);
  assert.equal(
    stdout,
    "The store remembers no run; deno task reproduce starts one.\n",
  );
});
