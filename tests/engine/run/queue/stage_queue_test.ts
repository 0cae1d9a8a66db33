import assert from "node:assert/strict";
import { json } from "../../../../engine/define/codec.ts";
import { defineTask } from "../../../../engine/define/task.ts";
import { targetOf } from "../../../../engine/define/ref.ts";
import { type Key, STORE_FORMAT } from "../../../../engine/keys/key.ts";
import { queueFiles } from "../../../../engine/run/queue/queue_files.ts";
import { openStageQueue } from "../../../../engine/run/queue/stage_queue.ts";
import { failureOf } from "../../../../engine/run/workers/worker_protocol.ts";
import { useStore } from "../../../../engine/store/use_store.ts";
import {
  leased,
  OTHER,
  present,
  withFolder,
} from "../../store/other_machine.ts";

const task = defineTask({
  module: import.meta.url,
  name: "task",
  result: json({ parse: Number }),
  run: ({ n }: { readonly n: number }) => n,
});

const KEY: Key = {
  format: STORE_FORMAT,
  task: "a.ts#task",
  result: { value: "json" },
  code: {},
  packages: {},
  params: {},
  inputs: {},
  environment: {},
};

/** The record of each stage, where a test says what is seen of leases. */
const MADE = {
  stage: "made",
  outputs: {},
  finishedAt: "2020-01-01T00:00:00.000Z",
  seconds: 1,
};

/** So many stages in a queue that no worker sees, all with one signal. */
function withStages(
  count: number,
  act: (rig: {
    readonly folder: string;
    readonly ends: AbortController;
    readonly made: readonly Promise<unknown>[];
    readonly queued: () => number;
  }) => Promise<void>,
  { before = () => Promise.resolve(), taken, isMade = () => true }: {
    readonly before?: (folder: string) => Promise<void>;
    /** What is seen of leases instead. */
    readonly taken?: () => ReadonlySet<string>;
    /** Which stages have a record, where that is given. */
    readonly isMade?: (n: number) => boolean;
  } = {},
): Promise<void> {
  return withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/tmp`);
    await before(folder);
    using use = await useStore(folder);
    const ends = new AbortController();
    const queue = openStageQueue(folder, {
      root: folder,
      use: taken === undefined ? use : { ...use, taken },
      code: () => Promise.resolve({ files: {}, own: [] }),
    });
    const made = Array.from({ length: count }, (_, n) => {
      const key: Key = { ...KEY, params: { n } };
      return queue.make({
        stage: targetOf(task({ n }, `${n}`)).stage,
        key,
        height: 1,
        seconds: undefined,
        replace: false,
        made: () => taken && isMade(n) ? { ...MADE, key } : undefined,
        onStart: () => assert.fail(),
        onProgress: () => assert.fail(),
        signal: ends.signal,
      });
    });
    const { jobs } = queueFiles(folder);
    await act({ folder, ends, made, queued: () => jobs().length });
  });
}

const stop = new Error("stop");
const REFUSED = { status: "rejected", reason: stop };

Deno.test({
  name: "make() takes back all that waits when the signal of the run is raised",
  // Its last wait for news goes on for a moment.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withStages(5, async ({ ends, made, queued }) => {
      const all = Promise.allSettled(made);
      while (queued() < 5) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      ends.abort(stop);
      assert.deepEqual(await all, Array(5).fill(REFUSED));
      assert.equal(queued(), 0);
    }),
});

Deno.test("make() leaves no job when the signal is raised before it is written", () =>
  withStages(5, async ({ ends, made, queued }) => {
    ends.abort(stop);
    assert.deepEqual(await Promise.allSettled(made), Array(5).fill(REFUSED));
    assert.equal(queued(), 0);
  }));

/** A job that a run has left, with the key of one letter. */
async function leave(folder: string, letter: string): Promise<void> {
  const jobs = `${folder}/queue/jobs`;
  await Deno.mkdir(jobs, { recursive: true });
  const key = letter.repeat(64);
  await Deno.writeTextFile(`${jobs}/000001.0.any.0.there.${key}.json`, "");
}

for (
  const [who, role, expected] of [
    ["no other run is there", "work", ["b", "own"]],
    ["another run is there", "fleet", ["a", "b", "own"]],
  ] as const
) {
  Deno.test({
    name:
      `make() first removes what runs have left and no worker is at, if it may: ${who}`,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () =>
      withStages(1, async ({ folder, ends, made, queued }) => {
        const all = Promise.allSettled(made);
        const { jobs } = queueFiles(folder);
        const names = () =>
          jobs().map(({ key }) => /^(a|b)\1+$/.exec(key)?.[1] ?? "own").sort();
        while (!names().includes("own")) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        assert.deepEqual(names(), expected);
        ends.abort(stop);
        await all;
        assert.equal(queued(), expected.length - 1);
      }, {
        async before(folder) {
          await leave(folder, "a");
          await leave(folder, "b");
          leased(folder, { name: "b".repeat(64) });
          present(folder, { about: { role } });
        },
      }),
  });
}

/** Has no time go by between the looks of a test. */
async function atOnce(act: () => Promise<void>): Promise<void> {
  const { setTimeout } = globalThis;
  globalThis.setTimeout =
    ((after: () => void) =>
      void setImmediate(after)) as unknown as typeof setTimeout;
  try {
    await act();
  } finally {
    globalThis.setTimeout = setTimeout;
  }
}

for (const failures of [59, 60]) {
  const outcome = failures < 60 ? "waits on" : "fails";
  Deno.test(`make() ${outcome} after ${failures} looks in a row that failed`, () =>
    atOnce(() => {
      let looks = 0;
      const away = new Error("the file system is away");
      return withStages(2, async ({ made }) => {
        const ends = await Promise.allSettled(made);
        assert.deepEqual(
          ends.map((end) => end.status === "fulfilled" ? "made" : end.reason),
          failures < 60 ? ["made", "made"] : [away, away],
        );
      }, {
        taken() {
          if (looks++ < failures) throw away;
          return new Set();
        },
      });
    }));
}

Deno.test("make() puts no job back that it took back while it compared others", () =>
  atOnce(async () => {
    using clock = leaps();
    let abort: (() => void) | undefined;
    await withStages(2, async ({ folder, ends, made, queued }) => {
      const turn = () => Deno.lstat(folder); // as long as a removal takes
      while (queued() < 2) await turn();
      await turn();
      abort = () => ends.abort(stop);
      assert.deepEqual(await Promise.allSettled(made), [REFUSED, REFUSED]);
      for (let i = 0; i < 100; i++) await turn();
      clock.by(1e6); // so that all that waits is compared again
      for (let i = 0; i < 100; i++) await turn();
      assert.equal(queued(), 0);
    }, {
      taken: () => new Set(),
      isMade(n) {
        if (n > 0 || abort === undefined) return false;
        queueMicrotask(abort); // while the job of the first is removed
        return true;
      },
    });
  }));

Deno.test({
  name:
    "make() fails in every run that waits for a stage that failed, which runs once, and asks for it anew afterwards",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withFolder(async (folder) => {
      await Deno.mkdir(`${folder}/tmp`);
      const files = queueFiles(folder);
      const ends = new AbortController();
      using use = await useStore(folder);
      using other = await useStore(folder);
      const make = (use: Awaited<ReturnType<typeof useStore>>) =>
        openStageQueue(folder, {
          root: folder,
          use,
          code: () => Promise.resolve({ files: {}, own: [] }),
        }).make({
          stage: targetOf(task({ n: 1 }, "one")).stage,
          key: KEY,
          height: 1,
          seconds: undefined,
          replace: false,
          made: () => undefined,
          onStart: () => {},
          onProgress: () => {},
          signal: ends.signal,
        });
      const made = [make(use), make(other)];
      const all = Promise.allSettled(made);
      const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
      const queued = async () => {
        while (files.jobs().length === 0) await turn();
        return files.jobs()[0] ?? assert.fail();
      };
      await queued();
      for (let i = 0; i < 10; i++) await turn(); // both have asked for it
      const name = await queued();
      await files.putEnd(name.key, {
        by: {},
        failure: failureOf(new Error("Cannot do it: it is impossible")),
      });
      await files.removeJob(name);
      assert.deepEqual((await all).map(({ status }) => status), [
        "rejected",
        "rejected",
      ]);
      assert.deepEqual(files.jobs(), []);
      const again = make(use).catch((error) => error);
      await queued();
      assert.equal(files.end(name.key), undefined);
      ends.abort(stop);
      assert.equal(await again, stop);
    }),
});

/** Has the clock that measures durations go on by so many milliseconds whenever that is called. */
function leaps(): Disposable & { by(milliseconds: number): void } {
  const { now } = performance;
  let leapt = 0;
  performance.now = () => now.call(performance) + leapt;
  return {
    by: (milliseconds) => void (leapt += milliseconds),
    [Symbol.dispose]: () => void (performance.now = now),
  };
}

Deno.test({
  name:
    "make() puts a job back at once that another run took away when it was stopped, however long it takes to compare all of them",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withFolder(async (folder) => {
      await Deno.mkdir(`${folder}/tmp`);
      using clock = leaps();
      using use = await useStore(folder);
      present(folder, { about: { role: "fleet" } });
      const ends = new AbortController();
      let compared = 0;
      const made = openStageQueue(folder, {
        root: folder,
        use,
        code: () => Promise.resolve({ files: {}, own: [] }),
      }).make({
        stage: targetOf(task({ n: 1 }, "one")).stage,
        key: KEY,
        height: 1,
        seconds: undefined,
        replace: false,
        made() {
          compared++;
          clock.by(1000); // so it is compared again after 20 s
          return undefined;
        },
        onStart: () => {},
        onProgress: () => {},
        signal: ends.signal,
      }).catch((error) => error);
      const files = queueFiles(folder);
      const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
      while (compared === 0) await turn();
      const [name = assert.fail()] = files.jobs();
      await files.removeJob(name);
      await Deno.remove(`${folder}/alive/${OTHER.id}.json`);
      const start = Date.now();
      while (files.jobs().length === 0 && Date.now() - start < 10_000) {
        await turn();
      }
      assert.deepEqual(files.jobs(), [name]);
      ends.abort(stop);
      assert.equal(await made, stop);
    }),
});
