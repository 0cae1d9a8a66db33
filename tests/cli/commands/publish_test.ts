import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest, sizeOf } from "../../../reports/site/manifest.ts";
import { site } from "../../../reports/site/site.ts";
import { on, type Rig, rig, rigsAfter, rigWithStore, ROOT } from "../rig.ts";
import { training } from "../toy_pipelines.ts";
import { reporting } from "../toy_report.ts";
import { test } from "../../full.ts";
import { filesBelow } from "../../files_below.ts";

const pipelines = [reporting(), training()];
const setting = { pipelines, site };
const publish = (...words: readonly string[]) =>
  on("publish", "--to", "public", ...words);

const afterRun = rigsAfter(async (t) => {
  await t.run(on("reproduce"), setting);
});

const afterPublish = rigsAfter(async (t) => {
  await t.run(on("reproduce"), setting);
  await t.run(publish(), setting);
});

/** Digests of the files below a folder of the rig, sorted by path. */
async function filesIn(
  { folder }: Rig,
  name = "public",
): Promise<ReadonlyMap<string, string>> {
  const files = filesBelow(join(folder, name)).toSorted().map(async (path) => {
    const { sha256 } = sizeOf(await Deno.readFile(join(folder, name, path)));
    return [path, sha256] as const;
  });
  return new Map(await Promise.all(files));
}

async function manifestOf({ folder }: Rig, path = "public/manifest.json") {
  return readManifest(await Deno.readTextFile(join(folder, path)));
}

function below(
  files: ReadonlyMap<string, string>,
  folder: string,
): Record<string, string> {
  return Object.fromEntries(
    [...files].filter(([path]) => path.startsWith(folder)),
  );
}

Deno.test("publish() writes a site whose manifest lists every file with its digest", async () => {
  await using t = await afterRun();
  const { code, stdout, stderr } = await t.run(publish(), setting);
  assert.deepEqual([code, stderr], [0, ""]);
  const files = await filesIn(t);
  const { run, runs, files: listed, stages } = await manifestOf(t);
  assert.equal(
    stdout,
    `Published 2 pipelines at profile default to public: ${files.size} files, this run at runs/${run.id}/\n`,
  );
  assert.deepEqual(runs, [run]);
  assert.deepEqual(
    Object.entries(listed).map(([path, { sha256 }]) => [path, sha256]),
    [...files].filter(([path]) => path !== "manifest.json"),
  );
  for (
    const path of [
      ".nojekyll",
      "404.html",
      "toy-line/index.html",
      `runs/${run.id}/toy-line/index.html`,
      `runs/${run.id}/style.css`,
    ]
  ) {
    assert.ok(files.has(path), path);
  }
  assert.deepEqual(
    stages.filter(({ pipeline }) => pipeline === "toy-line")
      .map(({ stage }) => stage),
    ["conclude", "load", "train/toy-line"],
  );
});

test.inFull("publish() names the run after the one of the history that made the results", async () => {
  await using t = await afterRun();
  await t.run(on("reproduce"), setting);
  await t.run(publish(), setting);
  const { stdout } = await t.run(on("runs", "--json"), setting);
  const [first] = JSON.parse(stdout);
  assert.equal((await manifestOf(t)).run.id, first.id);
});

test.inFull("publish() shows what the pages of reproduce show", async () => {
  await using t = await afterPublish();
  const [made, published] = [await filesIn(t, "site"), await filesIn(t)];
  for (
    const path of ["toy-line/index.html", "toy-report/index.md", "style.css"]
  ) {
    assert.equal(published.get(path), made.get(path), path);
  }
});

test.inFull("publish() writes the same bytes at another time and in another folder", async () => {
  await using t = await afterRun();
  const words = ["--base-url", "https://example.org/a"];
  await t.run(publish(...words), setting);
  const late = { ...setting, clock: () => Date.UTC(2031, 4, 5) };
  await t.run(on("publish", "--to", "deep/elsewhere", ...words), late);
  await t.run(publish(...words), late);
  assert.deepEqual(await filesIn(t, "deep/elsewhere"), await filesIn(t));
});

test.inFull("publish() keeps the pages of earlier runs byte for byte, and leads to them", async () => {
  await using t = await rig();
  const changed = {
    ...setting,
    pipelines: [reporting({ epochs: 14 }), training()],
  };
  await t.run(on("reproduce"), setting);
  await t.run(publish(), setting);
  const { run: first } = await manifestOf(t);
  const before = below(await filesIn(t), `runs/${first.id}/`);
  await t.run(on("reproduce"), changed);
  const { stdout } = await t.run(publish(), changed);
  assert.match(stdout, /, 1 earlier run kept\n$/);
  const { run: second, runs, files } = await manifestOf(t);
  assert.notEqual(second.id, first.id);
  assert.deepEqual(
    runs.map(({ id }) => id),
    [first.id, second.id].sort(),
  );
  const after = await filesIn(t);
  assert.deepEqual(below(after, `runs/${first.id}/`), before);
  assert.deepEqual(
    Object.entries(files).map(([path, { sha256 }]) => [path, sha256]),
    [...after].filter(([path]) => path !== "manifest.json"),
  );
  const front = await Deno.readTextFile(join(t.folder, "public/index.html"));
  for (const { id } of runs) {
    assert.ok(front.includes(`href="./runs/${id}/index.html"`), id);
  }
});

test.inFull("publish() keeps two choices of pipelines of one run apart", async () => {
  await using t = await afterRun();
  await t.run(publish("toy-line"), setting);
  await t.run(publish(), setting);
  const { runs } = await manifestOf(t);
  assert.equal(runs.length, 2);
  const files = await filesIn(t);
  const reports = runs.map(({ id }) =>
    files.has(`runs/${id}/toy-report/index.html`)
  );
  assert.deepEqual(reports.toSorted(), [false, true]);
});

test.inFull("publish() lets go of a run whose folder was removed, and of none that is half there", async () => {
  await using t = await afterPublish();
  const { run } = await manifestOf(t);
  const own = join(t.folder, "public/runs", run.id);
  await Deno.remove(join(own, "style.css"));
  const { code, stderr } = await t.run(publish(), setting);
  assert.equal(code, 1);
  assert.ok(
    stderr.endsWith(
      `"runs/${run.id}/style.css" of an earlier run is gone; restore it, or remove the whole folder "runs/${run.id}/" to let go of that run\n`,
    ),
    stderr,
  );
  await Deno.remove(own, { recursive: true });
  assert.equal((await t.run(publish(), setting)).code, 0);
  assert.ok((await filesIn(t)).has(`runs/${run.id}/style.css`));
});

test.inFull("publish() says what is missing with the command that makes it, and publishes the rest", async () => {
  await using t = await rig();
  await t.run(
    on("reproduce", "toy-line", "--profile", "smoke", "--replace"),
    setting,
  );
  const { code, stderr } = await t.run(
    publish("--profile", "smoke"),
    setting,
  );
  assert.equal(code, 0);
  assert.match(
    stderr,
    /^Not in the store: toy-report at profile smoke, 4 of 6 stages missing; run `deno task reproduce toy-report --profile smoke --store store`\n$/,
  );
  assert.ok((await filesIn(t)).has("toy-line/index.html"));
});

Deno.test("publish() refuses when nothing, or not all that was named, is in the store, and runs nothing", async () => {
  await using t = await rigWithStore();
  const file = join(t.folder, "public");
  await Deno.mkdir(file);
  await Deno.writeTextFile(join(file, "mine"), "");
  const foreign = await t.run(publish(), setting);
  assert.equal(foreign.code, 2);
  assert.match(foreign.stderr, /: it holds "mine" and no site; name another/);
  await Deno.remove(file, { recursive: true });
  const none = await t.run(publish(), setting);
  assert.equal(none.code, 1);
  assert.match(
    none.stderr,
    /\nCannot publish to "public": 2 pipelines of 2 are not in the store; run `deno task reproduce --store store`\n$/,
  );
  const [store, spaced] = ["store", "my store"].map((name) =>
    join(t.folder, name)
  ) as [string, string];
  await Deno.rename(store, spaced);
  const words = publish().map((word) => word === "store" ? "my store" : word);
  assert.match(
    (await t.run(words, setting)).stderr,
    /; run `deno task reproduce --store 'my store'`\n$/,
  );
  await Deno.rename(spaced, store);
  await t.run(on("reproduce", "toy-line"), setting);
  const other = await t.run(publish("--profile", "smoke"), setting);
  assert.equal(other.code, 1);
  assert.match(
    other.stderr,
    /^Not in the store: toy-line at profile smoke, .*; run `deno task reproduce toy-line --profile smoke --store store`; it has run at profile default: add --profile default$/m,
  );
  const named = await t.run(publish("toy-line", "toy-report"), setting);
  assert.equal(named.code, 1);
  assert.match(
    named.stderr,
    /\nCannot publish to "public": 1 pipeline of 2 is not in the store; run `deno task reproduce toy-report --store store`\n$/,
  );
  await assert.rejects(Deno.stat(join(t.folder, "public")));
});

test.inFull("publish() refuses to take pages away that the store lacks", async () => {
  await using t = await afterPublish();
  const before = await filesIn(t);
  await Deno.remove(join(t.folder, "store"), { recursive: true });
  await t.run(on("reproduce", "toy-line"), setting);
  const { code, stderr } = await t.run(publish(), setting);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /\nCannot publish to "public": it shows toy-report, which is not in the store; run `deno task reproduce toy-report --store store` first, or name the pipelines to publish\n$/,
  );
  assert.deepEqual(await filesIn(t), before);
});

test.inFull("publish() says of a damaged artifact that it is", async () => {
  await using t = await afterPublish();
  const { stages } = await manifestOf(t);
  const { sha256 = "" } = Object.values(
    stages.find(({ stage }) => stage === "conclude")?.outputs ??
      {},
  )[0] ?? {};
  const path = join(t.folder, "store/objects", sha256.slice(0, 2), sha256);
  const { length } = await Deno.readFile(path);
  await Deno.writeFile(path, new Uint8Array(length).fill(55));
  const { code, stderr } = await t.run(publish("toy-line"), setting);
  assert.equal(code, 1);
  assert.ok(
    stderr.startsWith(
      `Not in the store: toy-line at profile default, artifact ${
        sha256.slice(0, 12)
      } is damaged; run `,
    ),
    stderr,
  );
});

test.inFull("publish() shows a published file that cannot be had as reproduce does", async () => {
  await using t = await afterPublish();
  const text = (folder: string) =>
    Deno.readTextFile(join(t.folder, folder, "toy-report/index.md"));
  assert.match(await text("public"), /Cannot fetch/);
  assert.equal(await text("public"), await text("site"));
});

Deno.test("publish() refuses a folder that holds the project, or is the store or in it", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines: [training("toy-line")] });
  await Deno.symlink(join(t.folder, "store"), join(t.folder, "link"));
  const state = {
    "": 'Cannot use option "--to": its value is empty, and names nothing',
    [ROOT]:
      `Cannot publish to "${ROOT}": the project is there; name a folder of its own with --to`,
    "store":
      'Cannot publish to "store": the store "store" is there; name a folder of its own with --to',
    "store/pub":
      'Cannot publish to "store/pub": the store "store" is there; name a folder of its own with --to',
    "link/pub":
      'Cannot publish to "link/pub": the store "store" is there; name a folder of its own with --to',
  };
  for (const [to, line] of Object.entries(state)) {
    const { code, stderr } = await t.run(on("publish", "--to", to), {
      pipelines: [training("toy-line")],
    });
    assert.deepEqual([code, stderr], [2, `${line}\n`]);
  }
});
