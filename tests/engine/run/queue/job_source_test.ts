import assert from "node:assert/strict";
import {
  digestOfKey,
  type Key,
  STORE_FORMAT,
} from "../../../../engine/keys/key.ts";
import {
  type JobSource,
  newJobSource,
  type Taken,
} from "../../../../engine/run/queue/job_source.ts";
import {
  checkoutOf,
  type JobName,
  type QueueFiles,
  queueFiles,
} from "../../../../engine/run/queue/queue_files.ts";
import type { WorkedBy } from "../../../../engine/store/historic_run.ts";
import { openStore } from "../../../../engine/store/store.ts";
import { useStore } from "../../../../engine/store/use_store.ts";
import { leased, present, withFolder } from "../../store/other_machine.ts";

const keyOf = (
  n: number,
  packages: Readonly<Record<string, string>> = {},
): Key => ({
  format: STORE_FORMAT,
  task: "a.ts#a",
  result: { value: "json" },
  code: { "a.ts": "0".repeat(64) },
  packages,
  params: { n },
  inputs: {},
  environment: {
    deno: Deno.version.deno,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
  },
});

const CODE = "1".repeat(64);
const OTHER_CODE = "2".repeat(64);

async function put(
  queue: QueueFiles,
  {
    n,
    height = 1,
    seconds = 0,
    group = "0",
    packages,
    device = "any",
    code = CODE,
    checkout = "here",
  }: {
    readonly checkout?: string;
    readonly n: number;
    readonly packages?: Readonly<Record<string, string>>;
    readonly device?: string;
    readonly code?: string;
    readonly height?: number;
    readonly seconds?: number;
    readonly group?: string;
  },
): Promise<JobName> {
  const key = keyOf(n, packages);
  const name = {
    height,
    seconds,
    device,
    group,
    checkout,
    key: digestOfKey(key),
  };
  await queue.putJob(name, {
    stage: `${n}`,
    key,
    request: {
      stage: `${n}`,
      task: { module: "a.ts", name: "a" },
      args: { n },
      inputs: {},
      definitions: {},
      environment: {},
    },
    code,
    most: 3,
    replace: false,
  });
  return name;
}

/** A queue, the jobs of one worker, and how often the queue was listed; no time passes by itself. */
function withSource(
  act: (rig: {
    readonly folder: string;
    readonly queue: QueueFiles;
    readonly source: JobSource;
    readonly listed: () => number;
    readonly told: readonly string[];
    /** Lets so many seconds of its 100 go by. */
    pass(seconds: number): void;
  }) => Promise<void>,
  by: WorkedBy = {},
): Promise<void> {
  return withFolder(async (folder) => {
    const store = await openStore(folder);
    using use = await useStore(folder);
    const queue = queueFiles(folder);
    let [listed, now] = [0, 1000];
    const told: string[] = [];
    const counted: QueueFiles = {
      ...queue,
      jobs() {
        listed++;
        return queue.jobs();
      },
    };
    const source = newJobSource(counted, {
      root: folder,
      store,
      use,
      lock: { versionOf: () => "1" },
      environments: [{ package: "tensors", facts: { device: "wasm" } }],
      workers: {
        unfitFor: ({ code }) => code === OTHER_CODE ? "other code" : undefined,
      },
      by,
      clock: () => now,
      timeLeft: 100,
      tell: (message) => told.push(message),
    });
    await act({
      folder,
      queue,
      source,
      listed: () => listed,
      told,
      pass: (seconds) => now += 1000 * seconds,
    });
  });
}

/** Takes jobs until there are none: the stages of each crew. */
async function takeAll(source: JobSource): Promise<readonly string[][]> {
  const running = new Map<string, Taken>();
  const crews: string[][] = [];
  for (;;) {
    const crew = await source.take(running);
    if (crew.length === 0) return crews;
    for (const taken of crew) running.set(taken.name.key, taken);
    crews.push(crew.map(({ job }) => job.stage));
  }
}

Deno.test("take() gives each job once, those of the longest chains first, and lists the queue once for all of them", () =>
  withSource(async ({ queue, source, listed }) => {
    const numbers = Array.from({ length: 40 }, (_, n) => n);
    for (const n of numbers) await put(queue, { n, height: n < 20 ? 1 : 2 });
    const running = new Map<string, Taken>();
    const taken: number[] = [];
    for (const _ of numbers) {
      const [one] = await source.take(running) as [Taken];
      running.set(one.name.key, one);
      taken.push(Number(one.job.stage));
    }
    assert.equal(listed(), 1);
    assert.ok(taken.slice(0, 20).every((n) => n >= 20), `${taken}`);
    assert.deepEqual(taken.toSorted((a, b) => a - b), numbers);
    assert.deepEqual(await source.take(running), []);
    assert.equal(listed(), 2);
  }));

Deno.test("take() finds at once what came after its list was used up, though no time has passed", () =>
  withSource(async ({ queue, source }) => {
    await put(queue, { n: 1 });
    const [first] = await source.take(new Map()) as [Taken];
    await put(queue, { n: 2 });
    const running = new Map([[first.name.key, first]]);
    const [second] = await source.take(running) as [Taken];
    assert.equal(second.job.stage, "2");
  }));

Deno.test("take() gives jobs of a group together, as many as may run as one, and none twice", () =>
  withSource(async ({ queue, source }) => {
    for (let n = 0; n < 7; n++) await put(queue, { n, group: "alike" });
    await put(queue, { n: 7 });
    const crews = await takeAll(source);
    assert.deepEqual(
      crews.map(({ length }) => length).toSorted(),
      [1, 1, 3, 3],
    );
    assert.deepEqual(crews.flat().toSorted(), [..."01234567"]);
  }));

Deno.test("take() gives jobs of a group apart where their runs have other code, and all of them", () =>
  withSource(async ({ queue, source }) => {
    const edited = "3".repeat(64);
    for (let n = 0; n < 6; n++) {
      await put(queue, {
        n,
        group: "alike",
        code: n % 2 === 0 ? CODE : edited,
      });
    }
    const crews = await takeAll(source);
    assert.deepEqual(crews.flat().toSorted(), [..."012345"]);
    for (const crew of crews) {
      assert.equal(new Set(crew.map((n) => Number(n) % 2)).size, 1, `${crew}`);
    }
  }));

Deno.test("take() comes last to what another worker has, and leaves it while that is alive", () =>
  withSource(async ({ folder, queue, source }) => {
    const theirs = await put(queue, { n: 1, height: 9 });
    for (let n = 2; n < 5; n++) await put(queue, { n });
    present(folder);
    leased(folder, { name: theirs.key });
    const crews = await takeAll(source);
    assert.deepEqual(crews.flat().toSorted(), ["2", "3", "4"]);
  }));

const OLD = { packages: { tensors: "0.9" } };

Deno.test("take() passes over what it may not run, says why once, and gives the rest", () =>
  withSource(async ({ queue, source, told }) => {
    await put(queue, { n: 1, height: 9, ...OLD });
    await put(queue, { n: 2, height: 8, ...OLD });
    await put(queue, { n: 3, height: 7, code: OTHER_CODE });
    await put(queue, { n: 4 });
    assert.deepEqual(await takeAll(source), [["4"]]);
    assert.deepEqual(told, [
      "stages with package tensors 0.9 are left to others: here is 1; check out the commit of the run, with its packages and its Deno",
      "other code",
    ]);
    assert.equal(source.isLeft(), true);
    assert.deepEqual(await takeAll(source), []);
  }));

Deno.test("refused() says why a job is left, unless it is for another device or somebody is at it", () =>
  withSource(async ({ folder, queue, source }) => {
    await put(queue, { n: 1, device: "webgpu", ...OLD });
    const theirs = await put(queue, { n: 2, ...OLD });
    await takeAll(source);
    present(folder);
    leased(folder, { name: theirs.key });
    assert.equal(source.refused(), undefined);
    await put(queue, { n: 3, device: "wasm", ...OLD });
    await takeAll(source);
    assert.match(source.refused() ?? "", /^stages with package tensors 0.9 /);
  }));

Deno.test("refused() leaves the stages of other checkouts to the workers that are asked for by them", () =>
  withSource(async ({ folder, queue, source }) => {
    await put(queue, { n: 1, ...OLD });
    await takeAll(source);
    assert.equal(source.refused(), undefined);
    await put(queue, { n: 2, ...OLD, checkout: checkoutOf(folder) });
    await takeAll(source);
    assert.match(source.refused() ?? "", /^stages with package tensors 0.9 /);
  }, { job: "7_0" }));

Deno.test("take() gives a stage that two checkouts want once, with the code that may run here", () =>
  withSource(async ({ queue, source }) => {
    for (const checkout of ["first", "second", "third"]) {
      const code = checkout === "second" ? CODE : OTHER_CODE;
      await put(queue, { n: 1, checkout, code });
    }
    assert.deepEqual(await takeAll(source), [["1"]]);
  }));

Deno.test("take() gives a worker that has just begun what takes longer than it may stay, and later nothing that does", () =>
  withSource(async ({ queue, source, told, pass }) => {
    await put(queue, { n: 1, seconds: 1000 });
    pass(9);
    assert.deepEqual(await takeAll(source), [["1"]]);
    pass(2);
    await put(queue, { n: 2, seconds: 1000 });
    await put(queue, { n: 3, seconds: 90 });
    await put(queue, { n: 4, seconds: 89 });
    assert.deepEqual(await takeAll(source), [["4"]]);
    assert.deepEqual(told, [
      "stages that take longer than the time left are left to others",
    ]);
    assert.equal(source.refused(), undefined);
  }));

Deno.test("stopped() gives up a stage on which workers spent all their time twice, and kept nothing", () =>
  withSource(async ({ queue, source }) => {
    const { key } = await put(queue, { n: 1 });
    const [taken] = await source.take(new Map()) as [Taken];
    const stopped = (seconds: number) => source.stopped(taken, seconds);
    assert.equal(await stopped(95), undefined);
    // Too late for any stage, or by a worker of less time.
    assert.equal(await stopped(89), undefined);
    const error = await stopped(120);
    assert.equal(
      error?.message,
      "it takes longer than a worker may stay: 2 times it ran for all of that time, the last time 2 min, and kept no checkpoint; let workers stay longer (--time-left), or have the stage keep checkpoints",
    );
    await source.conclude(taken, {});
    // Whoever asks for it again has it tried again.
    assert.deepEqual(queue.toil(key).vain, []);
  }));

Deno.test("stopped() gives up no stage of which a checkpoint was kept, however often", () =>
  withSource(async ({ queue, source }) => {
    await put(queue, { n: 1 });
    const [taken] = await source.take(new Map()) as [Taken];
    for (let times = 0; times < 9; times++) {
      for (taken.isKept of [false, true]) {
        assert.equal(await source.stopped(taken, 100), undefined);
      }
    }
  }));

Deno.test("take() gives up a stage whose workers died three times since a checkpoint was kept, and not before", () =>
  withSource(async ({ folder, queue, source }) => {
    const name = await put(queue, { n: 1 });
    const takenAfter = async (deaths: number) => {
      for (let number = 0; number < deaths; number++) {
        leased(folder, { name: name.key, number });
      }
      const [taken] = await source.take(new Map());
      taken?.lease[Symbol.dispose]();
      return taken;
    };
    const third = await takenAfter(2);
    assert.ok(third !== undefined);
    await source.kept(third);
    assert.ok(await takenAfter(4) !== undefined);
    assert.equal(await takenAfter(5), undefined);
    assert.match(
      queue.end(name.key)?.failure?.message ?? "",
      /^the worker that ran it died 3 times, and kept no checkpoint in between; /,
    );
    assert.equal(queue.toil(name.key).outlived, 0);
  }));

Deno.test("stopped() forgets deaths, as the lease that is given back does", () =>
  withSource(async ({ folder, queue, source }) => {
    const { key } = await put(queue, { n: 1 });
    leased(folder, { name: key });
    const [taken] = await source.take(new Map()) as [Taken];
    await source.kept(taken);
    assert.equal(queue.toil(key).outlived, 1);
    taken.isKept = false; // as another worker that kept none
    await source.stopped(taken, 10);
    assert.equal(queue.toil(key).outlived, 0);
  }));
