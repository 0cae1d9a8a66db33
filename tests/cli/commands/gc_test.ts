import assert from "node:assert/strict";
import { join } from "node:path";
import { useStore } from "../../../engine/store/use_store.ts";
import { runHistory } from "../../../engine/store/run_history.ts";
import { contentsOf } from "../../../engine/store/store_contents.ts";
import { filesBelow } from "../../files_below.ts";
import { STRANGERS } from "../../strangers.ts";
import { on, type Rig, rigsAfter } from "../rig.ts";
import { stageless, training } from "../toy_pipelines.ts";

const pipelines = [training("toy-line")];
const other = { pipelines: [training("toy-line", { size: 5 })] };

/** A store after two runs, the second with other data. */
const twice = rigsAfter(async (toy) => {
  assert.equal((await toy.run(on("reproduce"), { pipelines })).code, 0);
  assert.equal((await toy.run(on("reproduce"), other)).code, 0);
});

const storeOf = ({ folder }: Rig) => join(folder, "store");
const sizeless = (text: string) => text.replaceAll(/[\d.]+ k?B/g, "N");

Deno.test("gc removes nothing while all runs are remembered", async () => {
  await using toy = await twice();
  const { code, stdout } = await toy.run(on("gc"), other);
  assert.deepEqual([code, sizeless(stdout)], [
    0,
    "Nothing to remove: all N are still needed\n",
  ]);
});

Deno.test("gc says with --dry-run what it then removes, and the next time nothing", async () => {
  await using toy = await twice();
  const words = on("gc", "--keep-runs", "1");
  const before = filesBelow(storeOf(toy));
  const dry = await toy.run([...words, "--dry-run"], other);
  assert.deepEqual(filesBelow(storeOf(toy)), before);
  const wet = await toy.run(words, other);
  const again = await toy.run(words, other);
  assert.deepEqual([dry.code, wet.code, again.code], [0, 0, 0]);
  const lines = dry.stdout.trimEnd().split("\n");
  assert.deepEqual(lines.map((line) => line.trim().split(/ {2,}/)[0]), [
    "forgotten runs",
    "records",
    "artifacts",
    lines.at(-1),
  ]);
  assert.match(
    lines.at(-1) ?? "",
    /^Would remove \d+ files, .*; .* would stay\. Nothing was removed \(--dry-run\)$/,
  );
  assert.deepEqual(wet.stdout.split("\n").slice(0, 3), lines.slice(0, 3));
  assert.match(wet.stdout, /\nRemoved \d+ files, .*; .* stay\n$/);
  assert.match(again.stdout, /^Nothing to remove: all .* are still needed\n$/);
  const { stdout } = await toy.run(on("plan"), other);
  assert.match(stdout, /is up to date/);
});

Deno.test("gc removes nothing more once a run has taken it for dead", async () => {
  await using toy = await twice();
  const { remove } = Deno;
  try {
    Deno.remove = async (...place) => {
      Deno.remove = remove;
      const alive = join(storeOf(toy), "alive");
      for (const name of filesBelow(alive)) await remove(join(alive, name));
      assert.equal((await toy.run(on("reproduce"), { pipelines })).code, 0);
      await remove(...place);
    };
    const { code, stderr } = await toy.run(on("gc", "--keep-runs", "0"), other);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^Cannot go on with store ".*": this process was taken for dead, because it gave no sign of life for 30 s; finished stages are kept, run the command again\n$/,
    );
  } finally {
    Deno.remove = remove;
  }
  const { stdout } = await toy.run(on("plan"), { pipelines });
  assert.match(stdout, /is up to date/);
});

Deno.test("gc says what it keeps no longer since a pipeline is no more", async () => {
  await using toy = await twice();
  await toy.run(on("reproduce", "--profile", "smoke", "--replace"), {
    pipelines,
  });
  const now = { pipelines: [training("toy-new")] };
  const words = on("gc", "--dry-run");
  const gone =
    "toy-line (default and smoke) is no longer a pipeline: what it made is kept where a remembered run or a published site needs it";
  const dry = await toy.run(words, now);
  assert.equal(dry.code, 0, dry.stderr);
  const [last, why, sentence] = dry.stdout.split("\n");
  assert.match(
    last ?? "",
    /^ {2}last keys of pipelines that no longer exist {2}2 /,
  );
  assert.equal(why, gone);
  assert.match(sentence ?? "", /^Would remove 2 files, /);
  const wet = await toy.run(on("gc", "--keep-runs", "0"), now);
  assert.match(wet.stdout, /\n {2}artifacts {2}[^\n]*\ntoy-line \(default and/);
  const { records, objects, lastKeys } = contentsOf(storeOf(toy));
  assert.deepEqual([records.size, objects.size, lastKeys.size], [0, 0, 0]);
});

Deno.test("gc says what it keeps no longer since a pipeline has a stage no more", async () => {
  await using toy = await twice();
  const { stdout } = await toy.run(on("gc", "--keep-runs", "0"), {
    pipelines: [stageless("toy-line")],
  });
  assert.match(
    stdout,
    /\ntoy-line at profile default no longer has conclude, load and train\/toy-line\nRemoved /,
  );
});

/** The manifest of a site that shows the first run. */
function manifestOf(toy: Rig): string {
  const { records } = contentsOf(storeOf(toy));
  const [first] = runHistory(storeOf(toy)).list();
  const stages = Object.entries(first?.pipelines["toy-line"]?.stages ?? {})
    .map(([stage, { key = "" }]) => ({
      pipeline: "toy-line",
      stage,
      key,
      outputs: Object.fromEntries(
        Object.entries(records.get(key)?.record?.outputs ?? {}).map((
          [field, { digest, bytes }],
        ) => [field, { sha256: digest, bytes }]),
      ),
    }));
  return JSON.stringify({ format: 1, stages });
}

for (const place of ["published", "published/runs/0123456789ab"]) {
  Deno.test(`gc keeps what the manifest in ${place} names`, async () => {
    await using toy = await twice();
    await Deno.mkdir(join(toy.folder, place), { recursive: true });
    const empty = '{"format":1,"stages":[]}';
    await Deno.writeTextFile(
      join(toy.folder, "published/manifest.json"),
      empty,
    );
    await Deno.writeTextFile(
      join(toy.folder, place, "manifest.json"),
      manifestOf(toy),
    );
    const words = on("gc", "--keep-runs", "1", "--site", "published");
    const { stdout } = await toy.run(words, other);
    assert.match(stdout, /^ {2}forgotten runs {2}1 .*\nRemoved 1 file, /);
    const { stdout: plan } = await toy.run(on("plan"), { pipelines });
    assert.match(plan, /is up to date/);
  });
}

Deno.test("gc refuses a site without manifest, or with another one", async () => {
  await using toy = await twice();
  const words = on("gc", "--site", "published");
  const says = async (state: string) => {
    const { code, stderr } = await toy.run(words, other);
    assert.deepEqual([code, stderr], [
      2,
      `Cannot keep what site "published" shows: ${state}\n`,
    ]);
  };
  await says("there is no such folder");
  await Deno.writeTextFile(join(toy.folder, "published"), "");
  await says("there is no such folder");
  await Deno.remove(join(toy.folder, "published"));
  await Deno.mkdir(join(toy.folder, "published"));
  await says("it contains no manifest.json");
  await Deno.writeTextFile(join(toy.folder, "published/manifest.json"), "{}");
  const { code, stderr } = await toy.run(words, other);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^Cannot read ".*manifest\.json": it is not the manifest of a site; move it away, or write the site again\n/,
  );
});

for (const [kind, put] of Object.entries(STRANGERS)) {
  for (const path of ["manifest.json", "runs/a1/manifest.json"]) {
    Deno.test(`gc removes nothing where ${path} of a site is a ${kind}`, async () => {
      await using toy = await twice();
      const site = join(toy.folder, "published");
      await Deno.mkdir(site);
      await Deno.writeTextFile(join(site, "manifest.json"), manifestOf(toy));
      put(join(site, path));
      const words = on("gc", "--keep-runs", "0", "--site", "published");
      const { code, stderr } = await toy.run(words, other);
      assert.deepEqual([code, stderr], [
        2,
        `Cannot read site "${site}": "${path}" in it is a ${kind}; move it away, or write the site again\n`,
      ]);
      assert.equal(runHistory(storeOf(toy)).list().length, 2);
    });
  }
}

Deno.test("gc removes nothing where the runs of a site lie behind a link", async () => {
  await using toy = await twice();
  const site = join(toy.folder, "published");
  await Deno.mkdir(site);
  await Deno.writeTextFile(join(site, "manifest.json"), manifestOf(toy));
  await Deno.symlink("/", join(site, "runs"));
  const words = on("gc", "--keep-runs", "0", "--site", "published");
  const { code, stderr } = await toy.run(words, other);
  assert.equal(code, 2);
  assert.match(stderr, /^Cannot read site ".*": "runs" in it is a link; /);
});

Deno.test("gc touches nothing while another run holds the store", async () => {
  await using toy = await twice();
  const before = filesBelow(storeOf(toy));
  using _use = await useStore(storeOf(toy));
  const { code, stderr } = await toy.run(on("gc", "--keep-runs", "0"), other);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot use store ".*" alone: another run is using it \(/,
  );
  assert.deepEqual(
    filesBelow(storeOf(toy)).filter((path) => !path.startsWith("alive/")),
    before,
  );
});

Deno.test("gc keeps checkpoints unless it is told otherwise", async () => {
  await using toy = await twice();
  const path = join(storeOf(toy), "scratch", "ab".repeat(32));
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, "unfinished");
  assert.match((await toy.run(on("gc"), other)).stdout, /^Nothing to remove/);
  const { stdout } = await toy.run(on("gc", "--unfinished"), other);
  assert.match(stdout, /^ {2}unfinished work {2}1 +10 B\nRemoved 1 file, 10 B/);
});

Deno.test("gc calls code that was laid out for workers what it is", async () => {
  await using toy = await twice();
  const path = join(storeOf(toy), "queue", "code", "ab".repeat(32));
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, "code");
  const { stdout } = await toy.run(on("gc"), other);
  assert.match(stdout, /^ {2}stages for workers, and their code {2}1 +4 B\n/);
});
