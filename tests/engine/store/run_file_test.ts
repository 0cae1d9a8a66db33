/** How runs lie in a store: what they share, and that it is kept for as long as one needs it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "../../property.ts";
import { garbageIn, removeGarbage } from "../../../engine/store/garbage.ts";
import { digestOf } from "../../../engine/define/hash.ts";
import type {
  HistoricRun,
  RunStage,
} from "../../../engine/store/historic_run.ts";
import { packStore } from "../../../engine/store/pack_store.ts";
import { PIECE_STAGES } from "../../../engine/store/run_file.ts";
import { keysOfRuns, runHistory } from "../../../engine/store/run_history.ts";
import { openStore, type Store } from "../../../engine/store/store.ts";
import { contentsOf } from "../../../engine/store/store_contents.ts";
import { unpackInto } from "../../../engine/store/unpack_archive.ts";
import { filesBelow } from "../../files_below.ts";

const STAGES = 10 * PIECE_STAGES;

const keyOf = (text: string) => digestOf(new TextEncoder().encode(text));

/** The run of a day in which the stages of one long pipeline have the states given. */
function runOf(
  day: number,
  stages: Readonly<Record<string, RunStage>>,
): HistoricRun {
  return {
    id: `${day}`.padStart(12, "0"),
    profile: "smoke",
    started: new Date(Date.UTC(2026, 0, day)).toISOString(),
    seconds: 1,
    state: "finished",
    commit: null,
    device: "toy",
    pipelines: { long: { stages } },
  };
}

/** All stages reused, but for some. */
function longRun(
  day: number,
  others: Readonly<Record<string, RunStage>> = {},
): HistoricRun {
  const all = Array.from({ length: STAGES }, (_, i) => `step/${i}`);
  return runOf(
    day,
    Object.fromEntries(
      all.map((name) => [
        name,
        others[name] ?? { key: keyOf(name), state: "reused" },
      ]),
    ),
  );
}

const edited = (salt: string) => ({
  "step/0": { key: keyOf(salt), state: "ran", causes: [salt] },
} as const);

async function newStore(): Promise<Store & AsyncDisposable> {
  const folder = await Deno.makeTempDir({ prefix: "run-file-" });
  return {
    ...await openStore(folder),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

const runFiles = ({ folder }: Store) => filesBelow(join(folder, "runs"));

function runBytes(store: Store): number {
  return runFiles(store)
    .map((path) => Deno.statSync(join(store.folder, "runs", path)).size)
    .reduce((sum, size) => sum + size, 0);
}

const digest = fc.string({ maxLength: 3 }).map(keyOf);
const stage = fc.tuple(fc.integer({ min: 0, max: 20 }), digest).map(
  ([kind, key]): RunStage => {
    switch (kind) {
      case 0:
        return { key, state: "ran", causes: ["x 1 → 2"] };
      case 1:
        return { key, state: "failed", reason: "no", unavailable: true };
      case 2:
        return { state: "failed", reason: "no" };
      case 3:
        return { state: "blocked" };
      case 4:
        return { key, state: "reused", by: { node: "n1" } };
      default:
        return { key, state: "reused" };
    }
  },
);

Deno.test("runHistory() gives back every run as it was put, in the order of its stages, however many there are", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(stage, { maxLength: 3 * PIECE_STAGES, size: "max" }), {
        minLength: 1,
        maxLength: 4,
        size: "max",
      }),
      fc.constantFrom("finished", "failed", "stopped", "running"),
      async (all, state) => {
        await using store = await newStore();
        const runs = all.map((stages, i) => ({
          ...runOf(
            i + 1,
            Object.fromEntries(stages.map((one, i) => [`stage/${i}`, one])),
          ),
          state,
        }));
        for (const run of runs) await runHistory(store.folder).put(run);
        const found = runHistory(store.folder).list();
        assert.deepEqual(found, runs);
        assert.equal(JSON.stringify(found), JSON.stringify(runs));
      },
    ),
    { numRuns: 20 },
  );
});

Deno.test("runHistory() writes what a run does not share with others", async () => {
  await using store = await newStore();
  const history = runHistory(store.folder);
  await history.put(longRun(1));
  const whole = runBytes(store);
  const files = runFiles(store).length;
  await history.put(longRun(2));
  assert.equal(runFiles(store).length, files + 1);
  assert.ok(runBytes(store) - whole < 1100, "nothing changed");
  const before = runBytes(store);
  await history.put(longRun(3, edited("x 1 → 2")));
  assert.equal(runFiles(store).length, files + 3, "a run and a piece");
  assert.ok(runBytes(store) - before < whole / 6, "one stage changed");
});

Deno.test("runHistory() keeps a run that goes on in one file", async () => {
  await using store = await newStore();
  const run: HistoricRun = { ...longRun(1), state: "running" };
  await runHistory(store.folder).put(run);
  assert.deepEqual(runFiles(store), [`${run.id}.json`]);
});

Deno.test("runHistory() reads runs of versions before, which had some or all keys in their file", async () => {
  await using store = await newStore();
  await Deno.mkdir(join(store.folder, "runs"));
  const runs = [1, 2].map((format) => {
    const run = longRun(format, edited("x 1 → 2"));
    Deno.writeTextFileSync(
      join(store.folder, `runs/${run.id}.json`),
      JSON.stringify({ format, ...run }),
    );
    return run;
  });
  assert.deepEqual(runHistory(store.folder).list(), runs);
});

Deno.test("runHistory() writes of a short pipeline, too, only what changed", async () => {
  await using store = await newStore();
  const names = Array.from({ length: 30 }, (_, i) => `stage ${i}`);
  const short = (day: number) =>
    runOf(
      day,
      Object.fromEntries(
        names.map((name) => [name, { key: keyOf(name), state: "reused" }]),
      ),
    );
  await runHistory(store.folder).put(short(1));
  const before = runBytes(store);
  await runHistory(store.folder).put(short(2));
  assert.ok(runBytes(store) - before < 300, `${runBytes(store) - before}`);
  assert.deepEqual(runHistory(store.folder).list(), [short(1), short(2)]);
});

Deno.test("runHistory() passes over a run of which a piece is gone or damaged, and writes it anew with the next", async () => {
  await using store = await newStore();
  const history = runHistory(store.folder);
  await history.put(longRun(1));
  await history.put(longRun(2, edited("x 1 → 2")));
  const [piece = ""] = history.piecesOf(longRun(1).id);
  const path = join(store.folder, `runs/keys/${piece}.json`);
  const { size } = await Deno.stat(path);
  // The last is what a power cut may leave: the length is there, the bytes are not.
  for (const text of [undefined, "{}\n", "\0".repeat(size)]) {
    await (text === undefined
      ? Deno.remove(path)
      : Deno.writeTextFile(path, text));
    const ids = runHistory(store.folder).list().map(({ id }) => id);
    assert.deepEqual(ids, [longRun(2).id]);
    await history.put(longRun(3));
    assert.equal(runHistory(store.folder).list().length, 3);
    await Deno.remove(join(store.folder, `runs/${longRun(3).id}.json`));
  }
});

Deno.test("garbageIn() keeps the pieces of the runs that are remembered, and no others", async () => {
  await using store = await newStore();
  const history = runHistory(store.folder);
  const runs = ["x 1 → 2", "x 2 → 3", "x 3 → 4"].map((salt, i) =>
    longRun(i + 1, edited(salt))
  );
  for (const run of runs) await history.put(run);
  await Deno.writeTextFile(
    join(store.folder, `runs/keys/${keyOf("of a killed run")}.json`),
    "{}\n",
  );
  const contents = contentsOf(store.folder);
  const roots = {
    stages: new Map(),
    published: new Set<string>(),
    unfinished: false,
  };
  const garbage = garbageIn(contents, { ...roots, runs: 2 });
  assert.deepEqual([garbage.runs.length, garbage.pieces.length], [1, 2]);
  await removeGarbage(store.folder, garbage);
  assert.deepEqual(runHistory(store.folder).list(), runs.slice(1));
  const all = garbageIn(contentsOf(store.folder), { ...roots, runs: 0 });
  await removeGarbage(store.folder, all);
  assert.deepEqual(runFiles(store), []);
});

Deno.test("garbageIn() removes nothing while a run or a piece of one is damaged", async () => {
  await using store = await newStore();
  const history = runHistory(store.folder);
  const run = longRun(1);
  const roots = {
    stages: new Map(),
    published: new Set<string>(),
    unfinished: false,
  };
  const garbage = () => garbageIn(contentsOf(store.folder), roots);
  await history.put(run);
  const piece = `runs/keys/${history.piecesOf(run.id)[0]}.json`;
  const { size } = await Deno.stat(join(store.folder, piece));
  await Deno.writeFile(join(store.folder, piece), new Uint8Array(size));
  await history.put(runOf(2, {}));
  assert.throws(garbage, {
    name: "StoreError",
    message:
      `Cannot tell what nothing needs: "${piece}" in the store is damaged or missing; reproduce the same stages, which writes it again, or remove the runs that deno task store --check names beside it`,
  });
  await history.put(longRun(3)); // the way out
  assert.deepEqual(garbage().runs, []);
  const path = `runs/${run.id}.json`;
  await Deno.truncate(join(store.folder, path), 99);
  assert.throws(garbage, {
    name: "StoreError",
    message:
      `Cannot tell what nothing needs: "${path}" in the store is damaged or missing; remove it, which forgets that run`,
  });
  await Deno.remove(join(store.folder, path));
  assert.deepEqual(garbage().pieces, []);
});

Deno.test("packStore() takes the pieces of a run along, and unpackInto() brings them", async () => {
  await using store = await newStore();
  await using other = await newStore();
  const runs = [longRun(1), longRun(2, edited("x 1 → 2"))] as const;
  for (const run of runs) await runHistory(store.folder).put(run);
  const parts = {
    keys: keysOfRuns([runs[1]]),
    pipelines: [],
    runs: [runs[1].id],
  };
  const archive: Uint8Array<ArrayBuffer>[] = [];
  for await (
    const part of packStore(store, contentsOf(store.folder), parts)
  ) archive.push(new Uint8Array(part));
  await unpackInto(other, {
    name: "a.tar",
    open: () => Promise.resolve(new Blob(archive).stream()),
  });
  assert.deepEqual(runHistory(other.folder).list(), [runs[1]]);
});
