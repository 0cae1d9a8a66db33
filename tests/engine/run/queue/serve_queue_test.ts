/** What a worker makes of stores that cannot be read or written; no isolate is started here. */
import assert from "node:assert/strict";
import { storeError } from "../../../../engine/define/error.ts";
import { digestOf } from "../../../../engine/define/hash.ts";
import {
  digestOfKey,
  type Key,
  STORE_FORMAT,
} from "../../../../engine/keys/key.ts";
import {
  type QueueFiles,
  queueFiles,
} from "../../../../engine/run/queue/queue_files.ts";
import {
  type ServeOptions,
  serveQueue,
  type WorkEvent,
} from "../../../../engine/run/queue/serve_queue.ts";
import { openStore, type Store } from "../../../../engine/store/store.ts";
import { useStore } from "../../../../engine/store/use_store.ts";
import { ROOT } from "../../../cli/rig.ts";
import { filesBelow } from "../../../files_below.ts";
import { withFolder } from "../../store/other_machine.ts";
import { StubWorker, stubWorkers } from "../../stub_worker.ts";

const INPUT = "1".repeat(64);

/** Digest of no bytes: the code of the run. */
const NO_CODE = digestOf(new Uint8Array());

/** A stage of one input in the queue of a store, which runs as one job with others. */
async function put(
  queue: QueueFiles,
  n = 0,
  group = "alike",
): Promise<void> {
  const key: Key = {
    format: STORE_FORMAT,
    task: "a.ts#a",
    result: { value: "json" },
    code: {},
    packages: {},
    params: { n },
    inputs: { given: INPUT },
    environment: {
      deno: Deno.version.deno,
      platform: `${Deno.build.os} ${Deno.build.arch}`,
    },
  };
  await queue.putCode(new Uint8Array());
  const code = { files: { "a.ts": NO_CODE }, own: [] };
  await queue.putJob({
    height: 1,
    seconds: 0,
    device: "any",
    group,
    checkout: "here",
    key: digestOfKey(key),
  }, {
    stage: "train",
    key,
    request: {
      stage: "train",
      task: { module: "a.ts", name: "a" },
      args: {},
      inputs: {
        given: { digest: INPUT, codec: { module: "a.ts", name: "c" } },
      },
      definitions: {},
      environment: {},
    },
    code: await queue.putCode(new TextEncoder().encode(JSON.stringify(code))),
    most: 2,
    replace: false,
  });
}

/** Has a worker serve such a queue until nothing is to be done; what it rejects with, and the lines of its end. */
function served(
  act: (rig: {
    readonly folder: string;
    readonly queue: QueueFiles;
    /** What was said. */
    readonly kinds: WorkEvent["kind"][];
    serve(
      change?: Partial<Store>,
      options?: Partial<ServeOptions>,
    ): Promise<void>;
  }) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const store = await openStore(folder);
    const queue = queueFiles(folder);
    await put(queue);
    using use = await useStore(folder);
    const never = new AbortController().signal;
    using _ = stubWorkers();
    const kinds: WorkEvent["kind"][] = [];
    await act({
      kinds,
      folder,
      queue,
      async serve(change, options) {
        await serveQueue({
          root: ROOT,
          store: { ...store, ...change },
          use,
          environments: [],
          jobs: 1,
          idle: 0,
          grace: () => 0,
          fetch: assert.fail,
          stop: never,
          signal: never,
          about: {},
          by: {},
          emit: ({ kind }) => kinds.push(kind),
          clock: Date.now,
          ...options,
        });
      },
    });
  });
}

Deno.test("serveQueue() ends and leaves the stage to others when it cannot copy the code of a run", () =>
  served(async ({ queue, serve }) => {
    const path = queue.pathOfCode(NO_CODE);
    await Deno.remove(path);
    await Deno.mkdir(path);
    await assert.rejects(serve(), {
      name: "StoreError",
      message: /^Cannot write to store /,
    });
    assert.equal(queue.jobs().length, 1);
    assert.deepEqual(queue.ended(), []);
  }));

Deno.test("serveQueue() ends and leaves the stage to others when the system cannot read an input", () =>
  served(async ({ folder, queue, serve }) => {
    const cause = new Error("Input/output error (os error 5)");
    const error = storeError(cause, { folder, action: "read" });
    await assert.rejects(serve({ object: () => Promise.reject(error) }), error);
    assert.equal(queue.jobs().length, 1);
    assert.deepEqual(queue.ended(), []);
  }));

Deno.test("serveQueue() says that an input is missing, and goes on", () =>
  served(async ({ queue, kinds, serve }) => {
    await serve();
    assert.deepEqual(kinds, ["work-started", "work-failed"]);
    assert.deepEqual(queue.jobs(), []);
    const [key = ""] = queue.ended();
    const { damaged } = queue.end(key) ?? {};
    assert.deepEqual(damaged, { digest: INPUT, state: "it is missing" });
  }));

Deno.test("serveQueue() ends when it cannot take a job away, and has said that its stage was made", () =>
  served(async ({ folder, queue, kinds, serve }) => {
    const [{ key } = assert.fail()] = queue.jobs();
    const { remove } = Deno;
    Deno.remove = (path, options) =>
      `${path}`.startsWith(`${folder}/queue/jobs/`)
        ? Promise.reject(new Error("Input/output error (os error 5)"))
        : remove(path, options);
    try {
      const object = () => Promise.resolve(new Uint8Array());
      await assert.rejects(serve({ object }), { name: "StoreError" });
    } finally {
      Deno.remove = remove;
    }
    assert.deepEqual(kinds, ["work-started", "work-finished"]);
    assert.deepEqual(queue.end(key), { by: {} });
    // Whoever comes next finds it made.
    await serve();
    assert.equal(kinds.length, 2);
    assert.deepEqual(queue.jobs(), []);
  }));

Deno.test("serveQueue() gives back the leases of all stages of a job where the system cannot read their inputs", () =>
  served(async ({ folder, queue, serve }) => {
    await put(queue, 1);
    const cause = new Error("Input/output error (os error 5)");
    const error = storeError(cause, { folder, action: "read" });
    await assert.rejects(serve({ object: () => Promise.reject(error) }), error);
    assert.equal(queue.jobs().length, 2);
    const leases = filesBelow(`${folder}/leases`);
    assert.deepEqual(leases.filter((name) => !/^code-/.test(name)), []);
  }));

Deno.test("serveQueue() leaves a stage that it was told to stop to others, and gives up one on which workers spent all their time twice", () =>
  served(async ({ queue, kinds, serve }) => {
    const [{ key } = assert.fail()] = queue.jobs();
    /** Has a worker of an hour stop so many seconds after it began a stage. */
    const stopAfter = async (seconds: number) => {
      const stop = new AbortController();
      let now = 0;
      globalThis.Worker = class extends StubWorker {
        override postMessage() {
          now += 1000 * seconds;
          stop.abort();
        }
      } as unknown as typeof Worker;
      await serve({ object: () => Promise.resolve(new Uint8Array()) }, {
        timeLeft: 3600,
        wayOut: "give it more",
        stop: stop.signal,
        clock: () => now,
      });
    };
    await stopAfter(3600);
    await stopAfter(600);
    assert.equal(queue.jobs().length, 1);
    await stopAfter(3660);
    assert.deepEqual(kinds, [
      ...["work-started", "work-stopped"],
      ...["work-started", "work-stopped"],
      ...["work-started", "work-failed"],
    ]);
    assert.equal(
      queue.end(key)?.failure?.message,
      "it takes longer than a worker may stay: 2 times it ran for all of that time, the last time 61 min, and kept no checkpoint; give it more, or have the stage keep checkpoints",
    );
    assert.deepEqual(queue.jobs(), []);
  }));

/** Never ends by itself. */
class Silent extends StubWorker {
  override postMessage() {}
}

const readable = { object: () => Promise.resolve(new Uint8Array()) };

Deno.test("serveQueue() gives a job back that it was taking when it was told to stop", () =>
  served(async ({ folder, queue, kinds, serve }) => {
    globalThis.Worker = Silent as unknown as typeof Worker;
    const stop = new AbortController();
    using use = await useStore(folder);
    await serve(readable, {
      stop: stop.signal,
      use: {
        ...use,
        claim(key) {
          stop.abort();
          return use.claim(key);
        },
      },
    });
    assert.deepEqual(kinds, []);
    assert.equal(queue.jobs().length, 1);
    assert.deepEqual([...use.taken()], []);
  }));

Deno.test("serveQueue() is told to stop while it waits for other stages after a fault", () =>
  served(async ({ queue, kinds, serve }) => {
    await put(queue, 1, "0");
    const stop = new AbortController();
    let endFirst: (() => void) | undefined;
    globalThis.Worker = class extends StubWorker {
      override postMessage() {
        // The first gives a result that cannot be kept, the other none.
        if (endFirst === undefined) endFirst = () => super.postMessage();
        else {
          endFirst();
          setTimeout(() => stop.abort(), 100);
        }
      }
    } as unknown as typeof Worker;
    const full = new Deno.errors.FilesystemLoop("disk full (os error 28)");
    const error = storeError(full, { folder: "x" });
    await assert.rejects(
      serve({ ...readable, putObject: () => Promise.reject(error) }, {
        jobs: 2,
        stop: stop.signal,
        grace: () => 0,
      }),
      error,
    );
    assert.deepEqual(kinds, [
      ...["work-started", "work-started"],
      ...["work-failed", "work-stopped"],
    ]);
  }));

Deno.test("serveQueue() counts as idle what comes after a stage, not the stage", () =>
  served(async ({ queue, kinds, serve }) => {
    const { now } = performance;
    let leapt = 0;
    performance.now = () => now.call(performance) + leapt;
    const hour = () => void (leapt += 3_600_000);
    try {
      globalThis.Worker = class extends StubWorker {
        override postMessage() {
          hour();
          super.postMessage();
        }
      } as unknown as typeof Worker;
      let finished = 0;
      await serve(readable, {
        idle: 60,
        emit({ kind }) {
          kinds.push(kind);
          if (kind !== "work-finished") return;
          // What comes next is there a moment later; after that there is nothing.
          if (++finished === 1) setTimeout(() => put(queue, 1, "0"), 100);
          else setTimeout(hour, 100);
        },
      });
    } finally {
      performance.now = now;
    }
    assert.deepEqual(kinds, [
      ...["work-started", "work-finished"],
      ...["work-started", "work-finished"],
    ]);
  }));
