/** One graph by itself: what a run tells, keeps and gives back. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { acceptedEdits } from "../../../engine/keys/accepted_edits.ts";
import type { CodeReader } from "../../../engine/keys/code.ts";
import { json } from "../../../engine/define/codec.ts";
import { StageError } from "../../../engine/define/error.ts";
import type { StageEvent } from "../../../engine/run/event.ts";
import { graphOf } from "../../../engine/run/graph.ts";
import { digestOfKey } from "../../../engine/keys/key.ts";
import { newPool } from "../../../engine/run/workers/pool.ts";
import { type Ref, targetOf } from "../../../engine/define/ref.ts";
import {
  run,
  type RunOptions,
  type RunResult,
} from "../../../engine/run/run.ts";
import { staticKeysOf } from "../../../engine/keys/static_key.ts";
import {
  DamagedObjectError,
  openStore,
  type StageRecord,
  type Store,
} from "../../../engine/store/store.ts";
import { defineTask } from "../../../engine/define/task.ts";
import { workersHere } from "../workers_here.ts";

let isBroken = false;

export const double = defineTask({
  module: import.meta.url,
  name: "double",
  result: json(z.number()),
  run({ x }: { x: number }) {
    if (isBroken) throw new RangeError("Cannot double: too much");
    return 2 * x;
  },
});

/** Two links: 1 → 2 → 4. */
function chain(): Ref<number> {
  return double({ x: double({ x: 1 }, "a") }, "b");
}

const code: CodeReader = {
  bytes: new Map(),
  closureOf: () => Promise.resolve({ files: { "a.ts": "0" }, packages: {} }),
};
const root = import.meta.dirname ?? "";

/** Leases that nobody else wants. */
const FREE: RunOptions["leases"] = {
  claim: () =>
    Promise.resolve({
      kind: "ours",
      lease: {
        lost: new AbortController().signal,
        deaths: 0,
        [Symbol.dispose]() {},
      },
    }),
  holder: () => undefined,
};

/** A store of its own, the runs on it, and what they emit. */
class Runs implements AsyncDisposable {
  readonly store: Store;
  events: StageEvent[] = [];

  constructor(store: Store) {
    this.store = store;
  }

  /** What `run()` is to be given for an output. */
  async options(output: unknown): Promise<RunOptions> {
    const graph = graphOf(output);
    const stages = graph.nodes.map(({ stage }) => stage);
    this.events = [];
    return {
      graph,
      keys: await staticKeysOf(stages, { code, root, environments: [] }),
      store: this.store,
      name: "toy.smoke",
      force: new Set(),
      accepted: acceptedEdits([]),
      leases: FREE,
      pool: newPool(1),
      workers: workersHere(),
      order: 0,
      fetch: () => Promise.reject(new TypeError("Cannot fetch in this test")),
      signal: new AbortController().signal,
      halt: new AbortController().signal,
      emit: (event) => this.events.push(event),
      clock: () => 0,
    };
  }

  async run(
    output: unknown,
    options: Partial<RunOptions> = {},
  ): Promise<RunResult> {
    return await run({ ...await this.options(output), ...options });
  }

  /** What was emitted, as `started double/a`. */
  lines(): readonly string[] {
    return this.events.map(({ kind, stage }) =>
      `${kind.replace(/^stage-/, "")} ${stage}`
    );
  }

  async damage({ outputs }: StageRecord): Promise<DamagedObjectError> {
    const digest = outputs["value"]?.digest ?? "";
    const path = join(this.store.folder, "objects", digest.slice(0, 2), digest);
    await Deno.writeTextFile(path, "9");
    return new DamagedObjectError(digest, "its bytes are not what was written");
  }

  async [Symbol.asyncDispose]() {
    await Deno.remove(this.store.folder, { recursive: true });
  }
}

async function newRuns(): Promise<Runs> {
  isBroken = false;
  return new Runs(await openStore(await Deno.makeTempDir({ prefix: "run-" })));
}

function recordOf(result: RunResult, stage: string): StageRecord {
  const record = result.records.get(stage);
  assert.ok(record);
  return record;
}

Deno.test("run() makes what the store lacks, tells each key, and remembers it under the run's name", async () => {
  await using runs = await newRuns();
  const told = new Map<string, string>();
  const result = await runs.run(chain(), {
    onKey: (stage, key) => told.set(stage, key),
  });
  assert.deepEqual(result.ran, ["double/a", "double/b"]);
  const { digest = "" } = recordOf(result, "double/b").outputs["value"] ?? {};
  const bytes = await runs.store.object(digest);
  assert.equal(new TextDecoder().decode(bytes), "4");
  const keys = Object.fromEntries(
    Array.from(result.records, ([stage, { key }]) => [stage, digestOfKey(key)]),
  );
  assert.deepEqual(Object.keys(keys), ["double/a", "double/b"]);
  assert.deepEqual(Object.fromEntries(told), keys);
  assert.deepEqual(runs.store.lastKeys("toy.smoke"), keys);
});

Deno.test("run() takes all that is in the store in one go, before it awaits anything", async () => {
  await using runs = await newRuns();
  const first = await runs.run(chain());
  const options = await runs.options(chain());
  const told: string[] = [];
  const running = run({ ...options, onKey: (stage) => told.push(stage) });
  assert.deepEqual(runs.lines(), ["cached double/a", "cached double/b"]);
  assert.deepEqual(told, ["double/a", "double/b"]);
  const second = await running;
  assert.deepEqual(second.ran, []);
  assert.deepEqual(second.records, first.records);
  assert.equal(runs.lines().length, 2);
});

Deno.test("run() throws the reason of a signal that is raised, and runs nothing", async () => {
  await using runs = await newRuns();
  const reason = new Error("Stopped");
  await assert.rejects(
    runs.run(chain(), { signal: AbortSignal.abort(reason) }),
    (error) => error === reason,
  );
  assert.deepEqual(runs.events, []);
  assert.deepEqual(runs.store.lastKeys("toy.smoke"), {});
});

Deno.test("run() blocks every stage for the one that halted all, without a failure of its own", async () => {
  await using runs = await newRuns();
  const halt = AbortSignal.abort(new StageError("other", "Cannot go on"));
  const { blocked, failures, ran, records } = await runs.run(chain(), { halt });
  assert.deepEqual(
    [...blocked.values()].map(({ message, stage }) => [message, stage]),
    [
      ['Cannot run stage "double/a": stage "other" failed', "other"],
      ['Cannot run stage "double/b": stage "other" failed', "other"],
    ],
  );
  assert.deepEqual([failures, ran, records.size], [[], [], 0]);
  assert.deepEqual(runs.events, []);
});

Deno.test("remake() makes a damaged artifact again, and says so", async () => {
  await using runs = await newRuns();
  const output = chain();
  const result = await runs.run(output);
  const before = recordOf(result, "double/b");
  const damage = await runs.damage(before);
  runs.events = [];
  const again = await result.remake(targetOf(output).stage, damage);
  assert.deepEqual(again.outputs, before.outputs);
  await runs.store.object(damage.digest);
  assert.deepEqual(runs.lines(), [
    "artifact-damaged double/b",
    "started double/b",
    "finished double/b",
  ]);
  const [said, started] = runs.events;
  assert.ok(said?.kind === "artifact-damaged");
  assert.equal(
    said.message,
    `Cannot read artifact ${
      damage.digest.slice(0, 12)
    }: its bytes are not what was written`,
  );
  assert.ok(started?.kind === "stage-started");
  assert.deepEqual(started.causes, [{ kind: "damaged", field: "value" }]);
  assert.deepEqual(result.ran, ["double/a", "double/b", "double/b"]);
});

Deno.test("remake() makes nothing where another reader had it made already", async () => {
  await using runs = await newRuns();
  const output = chain();
  const result = await runs.run(output);
  const record = recordOf(result, "double/b");
  const { digest = "" } = record.outputs["value"] ?? {};
  runs.events = [];
  const damage = new DamagedObjectError(digest, "it is missing");
  const again = await result.remake(targetOf(output).stage, damage);
  assert.equal(again, record);
  assert.deepEqual(runs.events, []);
});

Deno.test("remake() throws what a stage fails of that cannot make its artifact again", async () => {
  await using runs = await newRuns();
  const output = chain();
  const result = await runs.run(output);
  const damage = await runs.damage(recordOf(result, "double/b"));
  isBroken = true;
  await assert.rejects(result.remake(targetOf(output).stage, damage), {
    name: "StageError",
    message: 'Cannot complete stage "double/b": Cannot double: too much',
  });
  assert.deepEqual(result.failures.map(({ stage }) => stage), ["double/b"]);
  assert.deepEqual([...result.records.keys()], ["double/a"]);
});

Deno.test("run() takes no stage from the store whose turn comes after the run was halted", async () => {
  await using runs = await newRuns();
  await runs.run(chain());
  const halt = new AbortController();
  const options = await runs.options(chain());
  const emit = (event: StageEvent) => {
    options.emit(event);
    if (event.kind !== "stage-finished") return;
    halt.abort(new StageError("other", 'Cannot complete stage "other": no'));
  };
  const force = new Set(["double/a"]); // its digest is what it was
  const result = await run({ ...options, force, halt: halt.signal, emit });
  assert.deepEqual(runs.lines(), ["started double/a", "finished double/a"]);
  assert.deepEqual(
    [...result.blocked].map(([, { message }]) => message),
    ['Cannot run stage "double/b": stage "other" failed'],
  );
});
