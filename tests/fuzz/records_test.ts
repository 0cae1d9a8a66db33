/** Stores whose files are damaged, or say what nobody would write. */
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { duration } from "../../cli/display/quantities.ts";
import { StoreError } from "../../engine/define/error.ts";
import { digestOfKey } from "../../engine/keys/key.ts";
import { garbageIn } from "../../engine/store/garbage.ts";
import { runHistory } from "../../engine/store/run_history.ts";
import {
  isRecordOf,
  openStore,
  type StageRecord,
  textOfRecord,
} from "../../engine/store/store.ts";
import {
  contentsOf,
  type StoreContents,
} from "../../engine/store/store_contents.ts";
import { endedRuns } from "../../publishing/ended_runs.ts";
import { runRecordOf } from "../../publishing/run_record_of.ts";
import { site } from "../../reports/site/site.ts";
import { on, rig } from "../cli/rig.ts";
import { toySite, training } from "../cli/toy_pipelines.ts";
import { reporting } from "../cli/toy_report.ts";
import { lastStages } from "../engine/last_stages.ts";
import { fuzz } from "./fuzz.ts";
import {
  type Change,
  change,
  changedBytes,
  editedJson,
  jsonEdits,
} from "./mutations.ts";
import { checkClear, checkSaid } from "./checks.ts";
import { type Files, placeOf, readFiles, writeFiles } from "./places.ts";
import { STORE } from "./small_store.ts";

/** Changes of some of the files in a store, which are taken modulo their number. */
type Damage = readonly { readonly file: number; readonly change: Change }[];

const damage: fc.Arbitrary<Damage> = fc.array(
  fc.record({ file: fc.nat(), change }),
  { minLength: 1, maxLength: 3 },
);

function damaged(files: Files, damage: Damage): Files {
  const now = new Map(files);
  const paths = [...files.keys()];
  for (const { file, change } of damage) {
    const path = paths[file % paths.length] ?? "";
    now.set(path, changedBytes(now.get(path) ?? new Uint8Array(), change));
  }
  return now;
}

const about = {
  commit: null,
  device: { device: "wasm", reason: "there is no other" },
  profile: "smoke",
  now: 0,
};

/** What is said of a record. */
function checkWords(record: StageRecord): void {
  const { started, seconds, machine } = runRecordOf({ toy: [record] }, about);
  for (const text of [started, machine, duration(seconds)]) {
    assert.doesNotMatch(text, /NaN|Infinity|undefined|Invalid/);
  }
}

fuzz(
  "isRecordOf() takes only what can be said and written again",
  fc.record({ record: fc.nat(), edits: jsonEdits }),
  ({ record, edits }) => {
    const before = RECORDS[record % RECORDS.length];
    const value = JSON.parse(editedJson(before, edits));
    const digest = keyIn(value) ?? digestOfKey(before.key);
    if (!isRecordOf(digest, value)) return;
    checkWords(value);
    const text = textOfRecord(value);
    const again: unknown = JSON.parse(text);
    assert.ok(isRecordOf(digest, again));
    assert.equal(textOfRecord(again), text);
  },
);

/** The digest of the key in a record, if there is one. */
function keyIn(record: unknown): string | undefined {
  try {
    return digestOfKey(Object(record).key);
  } catch {
    return undefined;
  }
}

const RECORDS = [...STORE].filter(([path]) => path.startsWith("records/"))
  .map(([, bytes]) => JSON.parse(new TextDecoder().decode(bytes)));

fuzz(
  "openStore() gives of damaged files what is whole, and fails in one line",
  damage,
  async (damage) => {
    using place = placeOf(damaged(STORE, damage));
    const { folder } = place;
    let store;
    try {
      store = await openStore(folder);
    } catch (error) {
      return checkClear(error, StoreError, "Cannot use store ");
    }
    const contents = contentsOf(folder);
    checkGarbage(contents);
    for (const { key } of RECORDS) {
      const digest = digestOfKey(key);
      const record = store.record(digest);
      assert.deepEqual(contents.records.get(digest)?.record, record);
      assert.deepEqual(store.recordOf(key), record);
      assert.equal(store.isRecordDamaged(digest), record === undefined);
      if (record !== undefined) checkWords(record);
    }
    await store.saveIndex();
    for (const digest of Object.values(store.lastKeys("toy.smoke"))) {
      store.record(digest);
    }
    for (const run of runHistory(folder).list()) {
      assert.doesNotMatch(duration(run.seconds), /NaN|Infinity/);
    }
    await endedRuns(store);
  },
  {
    cost: 10,
    // A last key that is no text, and cannot be made one.
    examples: [[{
      file: [...STORE.keys()].indexOf("stages/toy.smoke.json"),
      change: { edits: [{ how: "replace", at: 1, by: { toString: 0 } }] },
    }]],
  },
);

/** Makes sure that what last keys lead to is no garbage, and that nothing is while it cannot be told. */
function checkGarbage(contents: StoreContents): void {
  const garbage = () =>
    garbageIn(contents, {
      stages: lastStages(contents),
      runs: 1,
      published: new Set(),
      unfinished: true,
    });
  if (contents.damaged.length > 0) {
    return assert.throws(garbage, (error) => {
      checkClear(error, StoreError, "Cannot tell what nothing needs: ");
      return true;
    });
  }
  const gone = new Set(garbage().records.map(({ path }) => path));
  const last = new Set([...contents.lastKeys.values()].flatMap(Object.values));
  for (const [key, { path, record }] of contents.records) {
    if (record === undefined) assert.ok(gone.has(path), path);
    else if (last.has(key)) assert.ok(!gone.has(path), path);
  }
}

/** The pipelines of the store below, as they are after an edit. */
const PIPELINES = [training("toy-line"), reporting()];

const NOW = { pipelines: PIPELINES, site: toySite };

/** A store in which two pipelines have run twice. */
const USED: Files = await (async () => {
  await using t = await rig();
  const before = [
    training("toy-line", { epochs: 3 }),
    reporting({ epochs: 3 }),
  ];
  await t.run(on("reproduce"), { ...NOW, pipelines: before });
  await t.run(on("reproduce"), NOW);
  return readFiles(join(t.folder, "store"));
})();

/** Commands that say what is in a store. */
const COMMANDS = [
  ["plan"],
  ["runs"],
  ["runs", "--json"],
  ["store"],
  ["explain", "train/toy-line"],
  ["show", "conclude"],
  ["diff"],
  ["diff", "--json"],
  ["lineage", "toy-report"],
  ["gc", "--dry-run"],
  ["gc", "--keep-runs", "1"],
  ["export", "--to", "a.tar"],
  ["crate", "--to", "crate"],
  ["figure", "toy-report/line", "--to", "a.svg"],
] as const;

fuzz(
  "runCommand() says what a damaged store still has, or what is wrong with it",
  fc.record({ damage, command: fc.constantFrom(...COMMANDS) }),
  async ({ damage, command: [command, ...words] }) => {
    await using t = await rig();
    writeFiles(join(t.folder, "store"), damaged(USED, damage));
    checkSaid(await t.run(on(command, ...words), NOW));
  },
  { cost: 20 },
);

/** The last key of each stage of a pipeline, and its artifacts. */
function resultsIn(folder: string): unknown {
  const { records, lastKeys } = contentsOf(folder);
  const keys = lastKeys.get("toy-line.default") ?? {};
  return ["load", "train/toy-line", "conclude"].map((stage) => {
    const key = keys[stage] ?? "";
    return [stage, key, records.get(key)?.record?.outputs];
  });
}

fuzz(
  "reproduce() makes again what is damaged in a store",
  damage,
  async (damage) => {
    await using t = await rig();
    const store = join(t.folder, "store");
    writeFiles(store, USED);
    const whole = resultsIn(store);
    writeFiles(store, damaged(USED, damage));
    const pipelines = [training("toy-line")];
    const outcome = await t.run(on("reproduce"), { pipelines });
    checkSaid(outcome);
    if (outcome.stderr.startsWith("Cannot use store ")) return;
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.deepEqual(resultsIn(store), whole);
    const again = await t.run(on("plan"), { pipelines });
    assert.match(again.stdout, /up to date/);
  },
  { cost: 100 },
);

fuzz(
  "site() tells of the runs of a store that was damaged",
  damage,
  async (damage) => {
    await using t = await rig();
    writeFiles(join(t.folder, "store"), damaged(USED, damage));
    const words = on("publish", "--to", "site");
    const outcome = await t.run(words, {
      pipelines: PIPELINES,
      site: (options) => Promise.resolve(site(options)),
    });
    checkSaid(outcome);
    for (const [path, bytes] of readFiles(t.folder)) {
      // The guide is no store's, and names such words.
      if (!/^site\/(?!guide\/).*\.(html|md)$/.test(path)) continue;
      const text = new TextDecoder().decode(bytes);
      assert.doesNotMatch(text, /Invalid Date|\bNaN\b|undefined/, path);
    }
  },
  { cost: 500 },
);
