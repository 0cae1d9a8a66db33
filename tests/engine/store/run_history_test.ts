import assert from "node:assert/strict";
import { join } from "node:path";
import { StoreError } from "../../../engine/define/error.ts";
import type { HistoricRun } from "../../../engine/store/historic_run.ts";
import { keysOfRuns, runHistory } from "../../../engine/store/run_history.ts";
import { openStore } from "../../../engine/store/store.ts";

const about = { commit: "c".repeat(40), device: "toy" };

const RUN: HistoricRun = {
  id: "a1b2c3d4e5f6",
  profile: "smoke",
  started: "2026-01-02T00:00:00.000Z",
  seconds: 1,
  state: "finished",
  ...about,
  pipelines: {
    line: {
      stages: {
        load: { key: "1".repeat(64), state: "reused" },
        fit: { key: "2".repeat(64), state: "ran", causes: ["x 1 → 2"] },
        draw: { state: "blocked" },
      },
      summary: { claims: 2 },
    },
  },
};

Deno.test("runHistory() gives back what was put, oldest first", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await openStore(folder);
    const history = runHistory(folder);
    assert.deepEqual(history.list(), []);
    const older = { ...RUN, id: "f".repeat(12), started: "2026-01-01" };
    await history.put(RUN);
    await history.put(older);
    assert.deepEqual(history.list().map(({ id }) => id), [older.id, RUN.id]);
    assert.deepEqual(history.list()[1], RUN);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("runHistory() holds once what several runs say of their pipelines", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await openStore(folder);
    const history = runHistory(folder);
    const others = ["b", "c"].map((id, i) => ({
      ...RUN,
      id: id.repeat(12),
      started: `2026-01-0${i + 3}`,
      device: ',"pipelines":{}}',
    }));
    for (const run of [RUN, ...others]) await history.put(run);
    const runs = history.list();
    assert.deepEqual(runs, [RUN, ...others]);
    assert.equal(runs[1]?.pipelines, runs[2]?.pipelines);
    const path = join(folder, `runs/${"c".repeat(12)}.json`);
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace('"finished"', '"ended"'));
    assert.equal(history.list().length, 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("runHistory() passes over files that are not whole, of another version or no runs", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await openStore(folder);
    const history = runHistory(folder);
    await history.put(RUN);
    const whole = await Deno.readTextFile(join(folder, `runs/${RUN.id}.json`));
    const others = {
      "half.json": whole.slice(0, whole.length / 2),
      "newer.json": whole.replace('"format":2', '"format":3'),
      "key.json": whole.replace("1".repeat(64), "../../etc"),
      "notes.txt": "no run",
    };
    for (const [name, text] of Object.entries(others)) {
      await Deno.writeTextFile(join(folder, "runs", name), text);
    }
    assert.deepEqual(history.list().map(({ id }) => id), [RUN.id]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("runHistory() throws when its folder is none", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "runs"), "");
    assert.throws(
      () => runHistory(folder).list(),
      (error) =>
        error instanceof StoreError &&
        error.message.startsWith(`Cannot read store "${folder}": `),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("keysOfRuns() gives the keys of all stages once", () => {
  assert.deepEqual(
    [...keysOfRuns([RUN, RUN])],
    ["1".repeat(64), "2".repeat(64)],
  );
});
