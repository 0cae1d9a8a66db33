import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { digestOf } from "../../../engine/define/hash.ts";
import { digestOfKey } from "../../../engine/keys/key.ts";
import { runHistory } from "../../../engine/store/run_history.ts";
import { openStore } from "../../../engine/store/store.ts";
import { type Crate, entity } from "../../provenance/crate/crate_graph.ts";
import { CRATE_REQUIREMENTS } from "../../provenance/crate/crate_requirements.ts";
import { RUN_REQUIREMENTS } from "../../provenance/crate/run_requirements.ts";
import { on, type Rig, rig, rigsAfter, ROOT } from "../rig.ts";
import { reporting, SOURCE } from "../toy_report.ts";
import { training } from "../toy_pipelines.ts";
import { test } from "../../full.ts";
import { filesBelow } from "../../files_below.ts";

const REQUIREMENTS = [...CRATE_REQUIREMENTS, ...RUN_REQUIREMENTS];

/** Writes a crate of a run and reads it. */
async function crateOf(
  t: Rig,
  pipelines: readonly ReturnType<typeof reporting>[],
  ...words: readonly string[]
): Promise<Crate> {
  const { code, stderr } = await t.run(
    on("crate", "--to", "crate", ...words),
    { pipelines },
  );
  assert.equal(code, 0, stderr);
  const folder = join(t.folder, "crate");
  const text = await Deno.readTextFile(join(folder, "ro-crate-metadata.json"));
  return { metadata: JSON.parse(text), files: new Set(filesBelow(folder)) };
}

async function reproduce(
  t: Rig,
  pipelines: readonly ReturnType<typeof reporting>[],
): Promise<void> {
  const copy = join(t.folder, "mirror/example.org/results");
  await Deno.mkdir(copy, { recursive: true });
  await Deno.writeTextFile(join(copy, "table.csv"), "abc");
  const mirror = join(t.folder, "mirror");
  await t.run(on("reproduce", "--mirror", mirror), { pipelines });
}

const pipelines = [reporting()];

/** Rigs after a run of one pipeline. */
const reproduced = rigsAfter((t) => reproduce(t, pipelines));

function check(crate: Crate): void {
  for (const { section, must, violations } of REQUIREMENTS) {
    assert.deepEqual(violations(crate), [], `${section}: ${must}`);
  }
}

test.inFull("crate() meets every requirement for a run of one pipeline", async () => {
  await using t = await reproduced();
  check(await crateOf(t, pipelines));
});

test.inFull("crate() meets every requirement for a run of several pipelines", async () => {
  const pipelines = [reporting(), training()];
  await using t = await rig();
  await reproduce(t, pipelines);
  const crate = await crateOf(t, pipelines);
  check(crate);
  assert.deepEqual(entity(crate, "./")?.["mainEntity"], {
    "@id": "code/pipelines/registry.ts",
  });
});

test.inFull("crate() meets every requirement without artifacts, which it names by digest", async () => {
  await using t = await reproduced();
  const crate = await crateOf(t, pipelines, "--without-artifacts");
  check(crate);
  assert.deepEqual(
    [...crate.files].filter((path) => path.startsWith("artifacts/")),
    [],
  );
  const hash = Uint8Array.fromHex(SOURCE.sha256).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
  assert.equal(
    entity(crate, `ni:///sha-256;${hash}`)?.["sha256"],
    SOURCE.sha256,
  );
});

test.inFull("crate() meets every requirement for a run that failed, and says what failed", async () => {
  const pipelines = [reporting({ fails: true })];
  await using t = await rig();
  await reproduce(t, pipelines);
  const crate = await crateOf(t, pipelines);
  check(crate);
  const failed = crate.metadata["@graph"].filter((one) =>
    JSON.stringify(one["actionStatus"])?.includes("FailedActionStatus")
  );
  assert.deepEqual(failed.map(({ name }) => name), [
    "Run of toy-report",
    "train",
  ]);
});

Deno.test("crate() names a published file that git's id pins by the identifier that is the same", async () => {
  const { url, title } = SOURCE;
  const gitBlob = "f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f"; // of "abc"
  const pipelines = [reporting({ source: { url, title, gitBlob } })];
  await using t = await rig();
  await reproduce(t, pipelines);
  const crate = await crateOf(t, pipelines);
  check(crate);
  assert.deepEqual(entity(crate, url), {
    "@id": url,
    "@type": "File",
    name: title,
    identifier: `swh:1:cnt:${gitBlob}`,
  });
});

Deno.test("every requirement can be violated", async () => {
  await using t = await reproduced();
  const crate = await crateOf(t, pipelines);
  for (const requirement of REQUIREMENTS) {
    const broken: Crate = structuredClone(crate);
    requirement.break(broken);
    assert.notDeepEqual(
      requirement.violations(broken),
      [],
      `${requirement.section}: ${requirement.must}`,
    );
  }
});

Deno.test("crate() holds the code, the artifacts and what was executed with which values", async () => {
  await using t = await reproduced();
  const crate = await crateOf(t, pipelines);
  const folder = join(t.folder, "crate");
  assert.ok(crate.files.has("code/tests/cli/toy_tasks.ts"));
  const artifacts = [...crate.files].flatMap((
    path,
  ) => [...path.matchAll(/^artifacts\/([0-9a-f]{64})\./g)]);
  assert.ok(artifacts.length > 1);
  for (const { 1: digest, input: path } of artifacts) {
    assert.equal(digestOf(await Deno.readFile(join(folder, path))), digest);
  }
  const train = crate.metadata["@graph"].find((one) =>
    one["@type"] === "CreateAction" && one["name"] === "train"
  );
  const objects = (train?.["object"] as { "@id": string }[])
    .map((one) => entity(crate, one["@id"]));
  assert.deepEqual(
    objects.filter((one) => one?.["@type"] === "PropertyValue")
      .map((one) => [one?.["name"], one?.["value"]]),
    [["epochs", "12"], ["fails", "false"]],
  );
  assert.equal(objects[0]?.["name"], "value of load");
  assert.match(
    String(train?.["description"]),
    /^Ran because: never run before\. On deno /,
  );
  assert.match(String(train?.["endTime"]), /^2026-01-01T00:00:\d\d\.\d00Z$/);
  assert.equal(entity(crate, SOURCE.url)?.["sha256"], SOURCE.sha256);
});

Deno.test("crate() names no process, no worker and no folder of the machines that a run was on", async () => {
  await using t = await reproduced();
  const store = join(t.folder, "store");
  const history = runHistory(store);
  const [run] = history.list();
  const [name, made] = Object.entries(run?.pipelines ?? {})[0] ?? [];
  assert.ok(run && name && made);
  const presence = "b8d2e6f0-0000-4000-8000-000000000000";
  const by = { node: "node-17", pid: "47110815", job: "123_4", gpu: "GPU X" };
  const reason = `Cannot read "${ROOT}data/a.csv", ${
    pathToFileURL(ROOT)
  }a b.ts, "${store}/x", /home/someone/m/a.csv`;
  const state = "failed";
  const stages = { ...made.stages, train: { state, reason, by } } as const;
  await history.put({
    ...run,
    presence,
    pipelines: { [name]: { ...made, stages } },
  });
  const { files } = await crateOf(t, pipelines);
  const secrets = [presence, ...Object.values(by), "someone", t.folder];
  const texts = [...files].filter((path) => !path.startsWith("code/"))
    .map((path) => Deno.readTextFileSync(join(t.folder, "crate", path)));
  for (const secret of [...secrets, ROOT, ROOT.slice(0, -1)]) {
    assert.ok(!texts.some((text) => text.includes(secret)), secret);
  }
  const written = JSON.parse(
    await Deno.readTextFile(join(t.folder, "crate/run.json")),
  );
  assert.deepEqual(written.pipelines[name].stages.train, {
    state,
    reason: 'Cannot read "./data/a.csv", ./a b.ts, ".store/x", ~/m/a.csv',
  });
});

test.inFull("crate() says of code that is not what it was in the run that it changed", async () => {
  const pipelines = [training()];
  await using t = await rig();
  await reproduce(t, pipelines);
  // As if the run were from before an edit.
  const store = await openStore(join(t.folder, "store"));
  const now = store.record(
    store.lastKeys("toy-line.default")["conclude"] ?? "",
  );
  assert.ok(now);
  const path = "engine/define/codec.ts";
  const key = { ...now.key, code: { ...now.key.code, [path]: "0".repeat(64) } };
  await store.putRecord({ ...now, key });
  const history = runHistory(store.folder);
  const text = JSON.stringify(history.list()[0])
    .replace(digestOfKey(now.key), digestOfKey(key));
  await history.put(JSON.parse(text));
  const crate = await crateOf(t, pipelines);
  check(crate);
  assert.deepEqual(
    crate.metadata["@graph"]
      .filter((one) => one["description"] === "Changed since this run")
      .map(({ name }) => name),
    [path],
  );
});

Deno.test("crate() refuses a folder that is not empty, and a run that is not there", async () => {
  const pipelines = [training()];
  await using t = await rig();
  await reproduce(t, pipelines);
  await Deno.mkdir(join(t.folder, "full/of"), { recursive: true });
  const full = await t.run(on("crate", "--to", "full"), { pipelines });
  assert.equal(full.code, 2);
  assert.equal(
    full.stderr,
    'Cannot write a crate to "full": it holds "of"; name a new folder, or an empty one\n',
  );
  await Deno.writeTextFile(join(t.folder, "file"), "");
  for (
    const [name, state] of [
      ["file", "it is a file; name a new folder, or an empty one"],
      ["file/new", "a file is in the way; name another folder with --to"],
      ["/proc/new", ""],
    ]
  ) {
    const { code, stderr } = await t.run(on("crate", "--to", `${name}`), {
      pipelines,
    });
    assert.equal(code, name === "file" ? 2 : 1);
    assert.match(stderr, /^[^\n]*\n$/);
    assert.ok(
      stderr.startsWith(`Cannot write a crate to "${name}": ${state}`),
      stderr,
    );
  }
  const unknown = await t.run(on("crate", "--to", "new", "zz"), { pipelines });
  assert.equal(unknown.code, 2);
  const gone = await t.run(on("crate", "--to", "new"), {
    pipelines: [training("another")],
  });
  assert.match(
    gone.stderr,
    /^Cannot make a crate of run [0-9a-f]{12}: none of its pipelines \(toy-line\) exists any more\n$/,
  );
});
