import assert from "node:assert/strict";
import { join } from "node:path";
import { on, readJson, rig } from "../rig.ts";
import { missingData, training } from "../toy_pipelines.ts";

const pipelines = [training()];

Deno.test("reproduce() runs every stage and writes the site", async () => {
  await using t = await rig();
  const { code, stdout, stderr } = await t.run(on("reproduce"), { pipelines });
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /toy-line at profile default: 3 ran, 0 cached, 0 failed/,
  );
  assert.match(stdout, /Look at site\/index\.html \(3 files written\)\n$/);
  const page = await Deno.readTextFile(
    join(t.folder, "site/toy-line/index.html"),
  );
  assert.equal(page, "<p>the loss went from 1 to 0.08333333333333333");
});

Deno.test("reproduce() runs nothing the second time and leaves the site as it is", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines });
  const before = await Deno.readTextFile(join(t.folder, "site/run.json"));
  const { code, stdout } = await t.run(on("reproduce"), { pipelines });
  assert.equal(code, 0);
  assert.match(
    stdout,
    /toy-line at profile default is up to date: 3 stages cached/,
  );
  assert.match(stdout, /Look at site\/index\.html \(nothing in it changed\)/);
  assert.equal(
    await Deno.readTextFile(join(t.folder, "site/run.json")),
    before,
  );
});

Deno.test("reproduce() says why a stage runs again", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines });
  const { stdout } = await t.run(on("reproduce"), {
    pipelines: [training("toy-line", { epochs: 13 })],
  });
  assert.match(stdout, /start train\/toy-line: epochs 12 → 13\n/);
  assert.match(stdout, /toy-line at profile default: 2 ran, 1 cached/);
});

Deno.test("reproduce() runs only the pipelines that are named, and keeps the pages of others", async () => {
  await using t = await rig();
  const both = [training("toy-line"), training("toy-other", { size: 4 })];
  const first = await t.run(on("reproduce", "toy-other"), { pipelines: both });
  assert.doesNotMatch(first.stdout, /toy-line/);
  await t.run(on("reproduce", "toy-line"), { pipelines: both });
  assert.equal(
    await Deno.readTextFile(join(t.folder, "site/index.html")),
    "<p>toy-line toy-other",
  );
});

Deno.test("reproduce() runs a forced stage although it is cached", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines });
  const { stdout } = await t.run(
    on("reproduce", "--force", "load"),
    { pipelines },
  );
  assert.match(stdout, /start load: forced on the command line\n/);
  assert.match(stdout, /1 ran, 2 cached/);
});

Deno.test("reproduce() takes what the site says of the run from the records", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines, clock: ticking() });
  const run = await readJson(t.folder, "site/run.json") as Record<
    string,
    unknown
  >;
  assert.deepEqual(run["device"], { name: "toy", reason: "there is no other" });
  assert.equal(run["profile"], "default");
  assert.equal(run["deno"], Deno.version.deno);
  assert.match(String(run["started"]), /^2026-01-01T00:0/);
  assert.equal("stages" in run, false);
});

Deno.test("reproduce() reports a failing stage with its causes and exits with 1", async () => {
  await using t = await rig();
  const failing = [training("toy-line", { fails: true })];
  const { code, stderr, stdout } = await t.run(on("reproduce"), {
    pipelines: failing,
  });
  assert.equal(code, 1);
  assert.equal(
    stderr,
    'Cannot complete stage "train/toy-line": Cannot train: the loss is NaN at epoch 1, step 3\n' +
      "  because: the learning rate is 1000\n",
  );
  assert.match(stdout, /1 ran, 0 cached, 1 failed, 1 not reached/);
  assert.doesNotMatch(stdout, /Look at/);
});

Deno.test("reproduce() shows the stack of a failure only with --verbose", async () => {
  await using t = await rig();
  const { stderr } = await t.run(on("reproduce", "--verbose"), {
    pipelines: [training("toy-line", { fails: true })],
  });
  assert.match(stderr, /^ {2}at .*toy_tasks\.ts:\d+:\d+\)?$/m);
});

Deno.test("reproduce() keeps the pages of a pipeline that fails now", async () => {
  await using t = await rig();
  const good = training("toy-line");
  await t.run(on("reproduce"), { pipelines: [good, training("toy-other")] });
  const { code } = await t.run(on("reproduce"), {
    pipelines: [good, training("toy-other", { fails: true })],
  });
  assert.equal(code, 1);
  await Deno.stat(join(t.folder, "site/toy-other/index.html"));
});

Deno.test("reproduce() says of a missing dataset file one line", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run(on("reproduce"), {
    pipelines: [missingData(join(t.folder, "batch.png"))],
  });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot complete stage "readData": Cannot read ".*batch\.png" of toy-data@1\.0\.0: the file is missing, run `deno install`\n$/,
  );
});

Deno.test("reproduce() prints nothing but JSON lines with --json", async () => {
  await using t = await rig();
  const { stdout } = await t.run(on("reproduce", "--json"), { pipelines });
  const events = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(
    events.map(({ kind }) => kind).filter((kind) => kind !== "stage-progress"),
    [
      "device-chosen",
      "run-started",
      "stage-started",
      "stage-finished",
      "stage-started",
      "stage-finished",
      "stage-started",
      "stage-finished",
      "run-finished",
      "site-written",
    ],
  );
  assert.equal(events[2].pipeline, "toy-line");
  assert.match(events[2].at, /^\d{4}-\d\d-\d\dT.*Z$/);
});

Deno.test("reproduce() writes a failure as JSON with its causes", async () => {
  await using t = await rig();
  const { stdout } = await t.run(on("reproduce", "--json"), {
    pipelines: [training("toy-line", { fails: true })],
  });
  const failed = stdout.split("\n").filter((line) => line !== "")
    .map((line) => JSON.parse(line)).find(({ kind }) =>
      kind === "stage-failed"
    );
  assert.equal(failed.error.name, "StageError");
  assert.equal(failed.error.cause.cause.message, "the learning rate is 1000");
});

Deno.test("reproduce() takes a signal that is raised already for an interruption", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run(on("reproduce"), {
    pipelines,
    signal: AbortSignal.abort(),
  });
  assert.equal(code, 130);
  assert.equal(
    stderr,
    "Stopped. Finished stages are kept; the same command goes on from there.\n",
  );
});

/** A clock that is never twice the same. */
function ticking(): () => number {
  let now = Date.UTC(2026, 0, 1);
  return () => now += 250;
}
