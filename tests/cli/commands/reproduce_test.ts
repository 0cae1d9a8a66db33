import assert from "node:assert/strict";
import { join } from "node:path";
import { runHistory } from "../../../engine/store/run_history.ts";
import { gitCommit } from "../../../provenance/git/git_checkout.ts";
import { on, readJson, rig, ROOT } from "../rig.ts";
import type { RenderSite } from "../../../publishing/site_sources.ts";
import {
  goOn,
  missingData,
  toySite,
  training,
  waiting,
} from "../toy_pipelines.ts";
import { test } from "../../full.ts";

/** What a stage may read besides its code. */
const PACKAGES = join(ROOT, "node_modules");

const pipelines = [training()];

Deno.test("reproduce() runs every stage and writes the site", async () => {
  await using t = await rig();
  const { code, stdout, stderr } = await t.run(on("reproduce"), { pipelines });
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /toy-line at profile default: 3 ran, 0 cached, 0 failed/,
  );
  assert.match(stdout, /See site\/index\.html \(3 files written\)\n$/);
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
  assert.match(stdout, /See site\/index\.html \(nothing in it changed\)/);
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

test.inFull("reproduce() runs only the pipelines that are named, and keeps the pages of others", async () => {
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
  assert.doesNotMatch(stdout, /See /);
});

test.inFull("reproduce() lists the failures of all pipelines at the end, each with its causes", async () => {
  await using t = await rig();
  const { code, stderr, stdout } = await t.run(on("reproduce"), {
    pipelines: [
      training("toy-a", { fails: true }),
      missingData(join(PACKAGES, "nowhere.txt")),
      training("toy-b", { epochs: 3 }),
    ],
  });
  assert.equal(code, 1);
  assert.deepEqual(stderr.split("\n").slice(0, 3), [
    'Cannot complete stage "train/toy-a": Cannot train: the loss is NaN at epoch 1, step 3',
    "  because: the learning rate is 1000",
    `Cannot complete stage "readData": Cannot read "${PACKAGES}/nowhere.txt" of toy-data@1.0.0: the file is missing, run \`deno install\``,
  ]);
  assert.match(
    stdout,
    /toy-b at profile default: 3 ran|toy-b .*2 ran, 1 cached/,
  );
});

Deno.test("reproduce() stops at the first failure with --fail-fast, and says so", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run(
    on("reproduce", "--fail-fast", "--jobs", "1"),
    {
      pipelines: [
        training("toy-a", { fails: true }),
        training("toy-b", { epochs: 3, size: 4 }),
      ],
    },
  );
  assert.equal(code, 1);
  assert.equal(
    stderr,
    'Cannot complete stage "train/toy-a": Cannot train: the loss is NaN at epoch 1, step 3\n' +
      "  because: the learning rate is 1000\n" +
      "Stopped at the first failure (--fail-fast): 4 stages did not run. Finished stages are kept.\n",
  );
});

test.inFull("reproduce() shows the stack of a failure only with --verbose", async () => {
  await using t = await rig();
  const { stderr } = await t.run(on("reproduce", "--verbose"), {
    pipelines: [training("toy-line", { fails: true })],
  });
  assert.match(stderr, /^ {2}at .*toy_tasks\.ts:\d+:\d+\)?$/m);
});

test.inFull("reproduce() keeps the pages of a pipeline that fails now", async () => {
  await using t = await rig();
  const good = training("toy-line");
  await t.run(on("reproduce"), { pipelines: [good, training("toy-other")] });
  const { code } = await t.run(on("reproduce"), {
    pipelines: [good, training("toy-other", { fails: true })],
  });
  assert.equal(code, 1);
  await Deno.stat(join(t.folder, "site/toy-other/index.html"));
});

test.inFull("reproduce() says of a missing dataset file one line", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run(on("reproduce"), {
    pipelines: [missingData(join(PACKAGES, "batch.png"))],
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

test.inFull("reproduce() writes a failure as JSON with its causes", async () => {
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

test.inFull("reproduce() takes a signal that is raised already for an interruption", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run(on("reproduce"), {
    pipelines,
    signal: AbortSignal.abort(),
  });
  assert.equal(code, 130);
  assert.equal(
    stderr,
    "Stopped. Finished stages are kept; the same command resumes from there.\n",
  );
});

test.inFull("reproduce() forces a stage in every pipeline that has it, and runs it once", async () => {
  await using t = await rig();
  const both = [training("toy-line"), training("toy-other")];
  await t.run(on("reproduce"), { pipelines: both });
  const { code, stdout } = await t.run(on("reproduce", "--force", "load"), {
    pipelines: both,
  });
  assert.equal(code, 0);
  assert.match(stdout, /start load of toy-line: forced on the command line\n/);
  assert.match(stdout, /toy-line at profile default: 1 ran, 2 cached/);
  assert.match(stdout, /toy-other at profile default is up to date/);
});

Deno.test("reproduce() writes the site while a later pipeline still runs", async () => {
  await using t = await rig();
  // The second pipeline ends only once the page of the first is there.
  const page = join(t.folder, "site/toy-line/index.html");
  const going = goOn(join(t.folder, "store"), page);
  const pipelines = [training("toy-line"), waiting()];
  const awaited: (readonly string[] | undefined)[] = [];
  const site: RenderSite = (content) => {
    awaited.push(content.run.awaited);
    return toySite(content);
  };
  const { code, stdout } = await t.run(on("reproduce"), { pipelines, site });
  await going;
  assert.equal(code, 0);
  assert.deepEqual(awaited, [[pipelines[1]?.title], undefined]);
  assert.match(
    stdout,
    /\nsite {2}site\/index\.html shows toy-line already\n(.*\n)*done {2}waitForWord of toy-wait/,
  );
  assert.match(stdout, /See site\/index\.html \(4 files written\)\n$/);
  assert.equal(
    await Deno.readTextFile(join(t.folder, "site/index.html")),
    "<p>toy-line toy-wait",
  );
});

test.inFull("reproduce() leaves the front page and the claims of a whole site alone until the end", async () => {
  await using t = await rig();
  const page = join(t.folder, "site/toy-line/index.html");
  const pipelines = [training("toy-line"), waiting()];
  const site: RenderSite = async (content) => {
    const claims = content.reports.map(({ id }) => id).join(" ");
    const pages = ["claims/index.html", "claims/index.md", "claims.json"];
    return new Map([
      ...await toySite(content),
      ...pages.map((path) => [path, claims] as const),
    ]);
  };
  let going = goOn(join(t.folder, "store"), page);
  await t.run(on("reproduce"), { pipelines, site });
  await going;
  await Deno.remove(page);
  going = goOn(join(t.folder, "store"), page);
  const { code, stdout } = await t.run(
    on("reproduce", "--force", "waitForWord"),
    { pipelines, site },
  );
  await going;
  assert.equal(code, 0);
  assert.match(
    stdout,
    /\nsite {2}site has new pages of toy-line; its front page and claims follow at the end\n/,
  );
  // The page that was lost and that of the run.
  assert.match(stdout, /See site\/index\.html \(2 files written\)\n$/);
});

/** A clock that is never twice the same. */
function ticking(): () => number {
  let now = Date.UTC(2026, 0, 1);
  return () => now += 250;
}

Deno.test("reproduce() records the run in the history of the store", async () => {
  await using t = await rig();
  const commit = gitCommit(ROOT);
  await t.run(on("reproduce"), { pipelines });
  await t.run(on("reproduce"), { pipelines });
  const runs = runHistory(join(t.folder, "store")).list();
  assert.deepEqual(
    runs.map(({ profile, state, device, pipelines }) => [
      ...[profile, state, device],
      Object.values(pipelines["toy-line"]?.stages ?? {})
        .map(({ state }) => state),
      pipelines["toy-line"]?.summary,
    ]),
    ["ran", "reused"].map((stage) => [
      ...["default", "finished", "toy"],
      [stage, stage, stage],
      { claims: {} },
    ]),
  );
  assert.equal(runs[0]?.commit, commit);
});

Deno.test("reproduce() writes to --remote what it made, with --push", async () => {
  await using t = await rig();
  const put: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      await request.body?.cancel();
      if (request.method !== "PUT") return new Response(null, { status: 404 });
      put.push(new URL(request.url).pathname);
      return new Response(null, { status: 201 });
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}/shared`;
  const { code, stdout } = await t.run(
    on("reproduce", "--remote", url, "--push"),
    { pipelines },
  );
  await server.shutdown();
  assert.equal(code, 0);
  assert.match(stdout, /^Remote http:.*: 3 stages \(\d+ B\) went to it$/m);
  const records = put.filter((path) => path.startsWith("/shared/records/"));
  assert.equal(records.length, 3);
});

test.inFull("reproduce() takes from --remote what another store made, and says so", async () => {
  await using t = await rig();
  const pipelines = [training("toy-line")];
  await t.run(on("reproduce"), { pipelines });
  await Deno.rename(join(t.folder, "store"), join(t.folder, "copy"));
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      return await Deno.readFile(join(t.folder, "copy", pathname)).then(
        (bytes) => new Response(bytes),
        () => new Response(null, { status: 404 }),
      );
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  const { code, stdout } = await t.run(on("reproduce", "--remote", url), {
    pipelines,
  });
  await server.shutdown();
  assert.equal(code, 0);
  assert.match(stdout, /^toy-line at profile default is up to date: 3 stages/m);
  assert.match(stdout, /^Remote http:.*: 3 stages \(\d+ B\) came from it$/m);
});
