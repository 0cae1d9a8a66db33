/** What a store has of ended runs, so that nobody need read them again. */
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "../property.ts";
import type { EndedRun } from "../../publishing/ended_runs_file.ts";
import { endedRuns } from "../../publishing/ended_runs.ts";
import { enterStore } from "../../engine/store/presence.ts";
import { runHistory } from "../../engine/store/run_history.ts";
import { openStore } from "../../engine/store/store.ts";
import { on, type Rig, rig } from "../cli/rig.ts";
import { withFolder } from "../engine/store/other_machine.ts";
import { training } from "../cli/toy_pipelines.ts";
import { reporting } from "../cli/toy_report.ts";
import { inFull, isFull, test } from "../full.ts";

/** The ended runs of a rig, and those of it without the file that it has them in. */
async function endedTwice(
  { folder }: Rig,
): Promise<readonly [kept: readonly EndedRun[], anew: readonly EndedRun[]]> {
  const store = await openStore(join(folder, "store"));
  const kept = await endedRuns(store);
  await Deno.remove(join(folder, "store/ended_runs.json"));
  return [kept, await endedRuns(store)];
}

/** Counts the bytes read from a folder, synchronously as the store does. */
function readsFrom(folder: string): { readonly bytes: number } & Disposable {
  const { readFileSync } = Deno;
  const counter = {
    bytes: 0,
    [Symbol.dispose]() {
      Deno.readFileSync = readFileSync;
    },
  };
  Deno.readFileSync = (path) => {
    const content = readFileSync(path);
    if (String(path).startsWith(folder)) counter.bytes += content.length;
    return content;
  };
  return counter;
}

/** Puts copies of the newest run of a rig into its history, each a millisecond later: a run itself takes half a second. */
async function repeatNewest(
  { folder }: Rig,
  { times }: { readonly times: number },
): Promise<void> {
  const history = runHistory(join(folder, "store"));
  const runs = history.list();
  const newest = runs.at(-1);
  assert.ok(newest !== undefined);
  for (let copy = 1; copy <= times; copy++) {
    const id = `${runs.length + copy}`.padStart(newest.id.length, "0");
    const started = new Date(Date.parse(newest.started) + copy).toISOString();
    await history.put({ ...newest, id, started });
  }
}

/** More than are described. */
const RUNS = 36;

for (
  const [title, pipelineOf] of inFull(
    ["that finish", (size: number) => training("toy", { size })],
    // The published source of this one cannot be had.
    ["of which a part fails", (size: number) => reporting({ size })],
  )
) {
  Deno.test(`reproduce() reads no more of the history after ${RUNS} runs ${title} than after 12`, async () => {
    await using t = await rig();
    const read: number[] = [];
    for (const size of [1000, 1001, 1002, 1003, 1004, 1005]) {
      using reads = readsFrom(join(t.folder, "store/runs"));
      await t.run(on("reproduce"), { pipelines: [pipelineOf(size)] });
      read.push(reads.bytes);
      // The next run meets these first, and the one after that as the 12th and the last.
      if (size === 1001) await repeatNewest(t, { times: 8 });
      if (size === 1003) await repeatNewest(t, { times: RUNS - 14 });
    }
    const [, , , before = 0, , after = 0] = read;
    assert.ok(before > 1000, "it is compared with the run before");
    assert.equal(runHistory(join(t.folder, "store")).ids().length, RUNS);
    // Of what it reads, seconds have one digit more or less.
    assert.ok(Math.abs(after - before) < 50, `${after} after ${before}`);
  });
}

Deno.test("endedRuns() gives the same with the file and without it, after any runs", async () => {
  const step = fc.record({
    size: fc.integer({ min: 3, max: 5 }),
    fails: fc.boolean(),
    words: fc.constantFrom<readonly string[]>(
      ...[[], ["one"], ["two"], ["--profile", "smoke", "--replace"], [
        "--force",
        "load",
      ]],
    ),
    isLookedAt: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 2, maxLength: 6 }),
      async (steps) => {
        await using t = await rig();
        for (const { size, fails, words, isLookedAt } of steps) {
          const pipelines = [
            reporting({ name: "one", size }),
            training("two", { size, fails }),
          ];
          await t.run(on("reproduce", ...words), { pipelines });
          if (!isLookedAt) continue;
          const [kept, anew] = await endedTwice(t);
          assert.deepEqual(kept, anew);
        }
        const [kept, anew] = await endedTwice(t);
        assert.deepEqual(kept, anew);
        const ids = runHistory(join(t.folder, "store")).list()
          .map(({ id }) => id);
        assert.deepEqual(kept.map(({ id }) => id), ids);
      },
    ),
    { numRuns: isFull ? 6 : 1 },
  );
});

Deno.test("endedRuns() gives a run that was killed as stopped, and none that goes on", () =>
  withFolder(async (folder) => {
    const store = await openStore(folder);
    const presence = enterStore(folder);
    await runHistory(folder).put({
      id: "0123456789ab",
      profile: "smoke",
      started: "2026-01-01T00:00:00.000Z",
      seconds: 40,
      state: "running",
      presence: presence.id,
      commit: null,
      device: "wasm",
      pipelines: { toy: { stages: { load: { state: "ran" } } } },
    });
    assert.deepEqual(await endedRuns(store), []);
    presence[Symbol.dispose](); // as if another had buried it
    const [killed] = await endedRuns(store);
    assert.equal(killed?.past?.outcome, "stopped");
  }));

test.inFull("endedRuns() gives no run that is forgotten, and compares none with it", async () => {
  await using t = await rig();
  const pipelines = (size: number) => [training("toy", { size })];
  for (const size of [3, 4, 5]) {
    await t.run(on("reproduce"), { pipelines: pipelines(size) });
  }
  await t.run(on("gc", "--keep-runs", "2"), { pipelines: pipelines(5) });
  const [kept, anew] = await endedTwice(t);
  assert.deepEqual(kept, anew);
  assert.deepEqual(kept.map(({ past }) => past?.changes.length), [0, 2]);
});

test.inFull("endedRuns() compares anew when an older run comes from another store", async () => {
  await using t = await rig();
  for (const size of [3, 4]) {
    const pipelines = [training("toy", { size })];
    await t.run(on("reproduce"), { pipelines });
  }
  const store = join(t.folder, "store");
  const [older, later] = runHistory(store).list();
  assert.ok(older !== undefined && later !== undefined);
  await Deno.remove(join(store, `runs/${older.id}.json`));
  const [without] = await endedTwice(t);
  assert.deepEqual(without.map(({ past }) => past?.changes.length), [0]);
  await runHistory(store).put(older);
  const [kept, anew] = await endedTwice(t);
  assert.deepEqual(kept, anew);
  assert.deepEqual(kept.map(({ past }) => past?.changes.length), [0, 2]);
});

if (isFull) {
  Deno.test("endedRuns() describes the newest runs of each profile alone", async () => {
    await using t = await rig();
    await t.run(on("reproduce", "--profile", "smoke", "--replace"), {
      pipelines: [training("toy")],
    });
    for (const size of [3, 4]) {
      await t.run(on("reproduce"), { pipelines: [training("toy", { size })] });
      if (size === 3) await repeatNewest(t, { times: 31 });
    }
    const [kept, anew] = await endedTwice(t);
    assert.deepEqual(kept, anew);
    assert.deepEqual(
      kept.map(({ past }) => past !== undefined),
      [true, false, false, false, ...Array(30).fill(true)],
    );
  });
}

for (
  const [title, text] of [
    ["damaged", "{"],
    ["of another shape", '{"format":1,"runs":[{}]}'],
    ["of another version", '{"format":0,"runs":[]}'],
  ] as const
) {
  test.inFull(`endedRuns() gives the same when its file is ${title}`, async () => {
    await using t = await rig();
    await t.run(on("reproduce"), { pipelines: [training()] });
    await Deno.writeTextFile(join(t.folder, "store/ended_runs.json"), text);
    const [kept, anew] = await endedTwice(t);
    assert.deepEqual(kept, anew);
    assert.equal(kept.length, 1);
  });
}
