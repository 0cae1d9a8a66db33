/** A small store with something of every kind in it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../engine/define/hash.ts";
import { digestOfKey, type Key } from "../../engine/keys/key.ts";
import type { HistoricRun } from "../../engine/store/historic_run.ts";
import { PIECE_STAGES } from "../../engine/store/run_file.ts";
import { runHistory } from "../../engine/store/run_history.ts";
import { openStore } from "../../engine/store/store.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { filesBelow } from "../files_below.ts";
import { type Files, readFiles } from "./places.ts";

/** Names of stages, the last two awkward. */
const STAGES = ["load", "train/a", "é \u202e", "__proto__"];

const encode = (text: string) => new TextEncoder().encode(text);

/** The key of a stage, which reads what the stages before it gave. */
function keyOf(stage: string, inputs: Key["inputs"]): Key {
  return {
    format: 1,
    task: `tasks/${stage}.ts#run`,
    result: { value: "json", weights: "safetensors" },
    code: { "a.ts": digestOf(encode(stage)) },
    packages: { "zod": "4.6.7 abc" },
    params: { epochs: 12, "options.p": 0.5, names: [], none: null },
    inputs,
    environment: { deno: "2.9.6", device: "wasm", adapter: "a card" },
  };
}

async function made(): Promise<Files> {
  const folder = await Deno.makeTempDir({ prefix: "fuzz-store-" });
  try {
    const store = await openStore(folder);
    const keys = new Map<string, string>();
    let inputs: Key["inputs"] = {};
    for (const [i, stage] of STAGES.entries()) {
      const key = keyOf(stage, inputs);
      const fields = { value: encode(`[${i}]`), weights: encode(stage) };
      const outputs = await Promise.all(
        Object.entries(fields).map(async ([field, bytes]) => {
          const digest = await store.putObject(bytes);
          return [field, { digest, bytes: bytes.length }] as const;
        }),
      );
      await store.putRecord({
        key,
        stage,
        outputs: Object.fromEntries(outputs),
        finishedAt: new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString(),
        seconds: 10 * i,
      });
      keys.set(stage, digestOfKey(key));
      inputs = { [`of[${i}]`]: outputs[0]?.[1].digest ?? "" };
    }
    await store.putLastKeys("toy.smoke", keys);
    const stages = Object.fromEntries(
      [...keys].map(([name, key]) => [name, { key, state: "reused" }] as const),
    );
    const many = Array.from(
      { length: PIECE_STAGES },
      (_, i) => [`step/${i}`, { state: "blocked" }] as const,
    );
    const run: HistoricRun = {
      id: "0123456789ab",
      profile: "smoke",
      started: "2026-01-01T00:00:00.000Z",
      seconds: 40,
      state: "finished",
      commit: "a".repeat(40),
      edited: ["a.ts"],
      device: "wasm",
      pipelines: { toy: { stages } },
    };
    await runHistory(folder).put(run);
    await runHistory(folder).put({
      ...run,
      id: "123456789abc",
      started: "2026-01-02T00:00:00.000Z",
      state: "failed",
      pipelines: {
        toy: {
          stages: Object.assign(Object.fromEntries(many), stages, {
            load: { state: "failed", reason: "no", unavailable: true },
          }),
          summary: { claims: [] },
        },
      },
    });
    return readFiles(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Its files. */
export const STORE: Files = await made();

/** Makes sure that a store holds nothing that is not whole. */
export function checkWhole(folder: string): void {
  const { records, objects, runs, pieces } = contentsOf(folder);
  const known = new Set(["format.json"]);
  for (const [key, { path, record }] of records) {
    assert.ok(record, `record ${key} is whole`);
    known.add(path);
  }
  for (const [digest, { path }] of [...objects, ...pieces]) {
    const bytes = Deno.readFileSync(join(folder, path));
    assert.equal(digestOf(bytes), digest, path);
    known.add(path);
  }
  for (const { file } of runs) known.add(file.path);
  for (const path of filesBelow(folder)) {
    if (known.has(path) || path.startsWith("alive/")) continue;
    assert.match(path, /^stages\/[^/]+\.json$/);
    const keys = JSON.parse(Deno.readTextFileSync(join(folder, path)));
    for (const key of Object.values(keys)) {
      assert.match(String(key), /^[0-9a-f]{64}$/, path);
    }
  }
}
