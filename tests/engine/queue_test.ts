/** Runs whose stages workers make, each a process of its own. */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { digestOf } from "../../engine/define/hash.ts";
import { queueFiles } from "../../engine/run/queue/queue_files.ts";
import { queueCounts } from "../../engine/run/queue/queue_counts.ts";
import { workersAmong } from "../../engine/run/queue/seen_workers.ts";
import { recordIndex } from "../../engine/store/record_index.ts";
import { storeFiles } from "../../engine/store/store_files.ts";
import { objectPath } from "../../engine/store/store_layout.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { useStore } from "../../engine/store/use_store.ts";
import { CHAIN } from "./chain.ts";
import { filesBelow } from "../files_below.ts";
import { WORKERS } from "./queue_rig.ts";
import { newRig, type Rig, type RigProcess, unseen } from "./rig.ts";
import { test } from "../full.ts";

/** A file that a stage in an isolate may see. */
const GO = "1/node_modules/go";

/** A chain whose training saves a checkpoint, and goes on when a file is there. */
const TRAINING = {
  ...CHAIN,
  ...WORKERS,
  "train.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
export const train = defineTask({
  module: import.meta.url, name: "train",
  result: json(z.object({ epochs: z.number(), seen: z.number() })),
  async run({ images, epochs }: { images: readonly number[]; epochs: number }, { scratch, progress }) {
    const kept = await scratch.load();
    count(kept === undefined ? "train" : \`train from \${kept[0]}\`);
    for (let epoch = kept?.[0] ?? 0; epoch < epochs; epoch++) {
      progress({ unit: "epoch", done: epoch, total: epochs });
      const go = GO;
      while (epoch > 2 && !await Deno.readTextFile(go).then(() => true, () => false)) {
        await scratch.save(Uint8Array.of(epoch));
      }
    }
    return { epochs, seen: images.length };
  },
});
`,
};

async function queueRig(files: Readonly<Record<string, string>>): Promise<Rig> {
  const rig = await newRig(files);
  if ("train.ts" in files && files["train.ts"]?.includes("= GO;")) {
    rig.edit("train.ts", ["= GO;", `= ${JSON.stringify(rig.path(GO))};`]);
  }
  return rig;
}

const spawnRun = (rig: Rig) => rig.spawn({ args: ["wait", "workers"] });

function spawnWorker(
  rig: Rig,
  options: Readonly<Record<string, unknown>> = {},
): RigProcess {
  const args = [JSON.stringify({ idle: 120, ...options })];
  return rig.spawn({ module: "worker.ts", args });
}

async function go(rig: Rig): Promise<void> {
  await Deno.writeTextFile(rig.path(GO), "");
}

/** The digests of all artifacts, by stage. */
function digestsIn({ store }: Rig): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...contentsOf(store).records.values()].map(({ record }) => [
      record?.stage ?? "",
      Object.values(record?.outputs ?? {}).map(({ digest }) => digest),
    ]),
  );
}

Deno.test("two workers make the stages of a run, each once, to the digests of a run by itself", async () => {
  await using rig = await queueRig({ ...CHAIN, ...WORKERS });
  const workers = [
    spawnWorker(rig),
    spawnWorker(rig),
  ];
  const run = spawnRun(rig);
  const { code, output, error } = await run.end();
  assert.equal(code, 0, error);
  assert.match(output, /accuracy of 12 epochs on 3 images/);
  assert.deepEqual(rig.counted(), ["evaluate", "load", "train"]);
  for (const worker of workers) assert.equal((await stop(worker)).code, 0);
  const made = digestsIn(rig);
  for (const below of ["leases", "alive", "queue/jobs", "queue/ended"]) {
    const left = filesBelow(join(rig.store, below));
    assert.deepEqual(left, [], below);
  }
  await Deno.remove(rig.store, { recursive: true });
  await rig.reproduce();
  assert.deepEqual(digestsIn(rig), made);
});

test.inFull("two runs that wait for stages whose artifacts are gone have each made again once", async () => {
  await using rig = await queueRig({ ...CHAIN, ...WORKERS });
  await rig.reproduce();
  const made = digestsIn(rig);
  await Deno.remove(join(rig.store, "objects"), { recursive: true });
  const runs = [spawnRun(rig), spawnRun(rig)];
  for (const run of runs) await run.until("artifact-damaged");
  const worker = spawnWorker(rig);
  for (const run of runs) {
    const { code, output, error } = await run.end();
    assert.equal(code, 0, error);
    assert.match(output, /accuracy of 12 epochs on 3 images/);
  }
  assert.deepEqual(rig.counted(), ["evaluate", "load", "train"]);
  assert.equal((await stop(worker)).code, 0);
  assert.deepEqual(digestsIn(rig), made);
});

test.inFull("a worker that is killed is followed by another, which goes on from the checkpoint", async () => {
  await using rig = await queueRig(TRAINING);
  const run = spawnRun(rig);
  const first = spawnWorker(rig);
  await first.until("work-started", 2);
  await saved(rig);
  // How far it is reaches the run.
  await run.until("stage-progress");
  first.process.kill("SIGKILL");
  await first.end();
  await go(rig);
  const second = spawnWorker(rig);
  const { code, error } = await run.end();
  assert.equal(code, 0, error);
  assert.deepEqual(rig.counted(), [
    "evaluate",
    "load",
    "train",
    "train from 3",
  ]);
  assert.equal((await stop(second)).code, 0);
});

test.inFull("a worker that is told to stop ends with the next checkpoint and code 85, and another goes on from there", async () => {
  await using rig = await queueRig(TRAINING);
  const run = spawnRun(rig);
  const first = spawnWorker(rig);
  await first.until("work-started", 2);
  await saved(rig);
  const end = await stop(first);
  assert.equal(end.code, 85, end.error);
  assert.match(end.output, /^work-stopped train$/m);
  assert.deepEqual(
    filesBelow(join(rig.store, "leases")).filter((name) =>
      !/^code-/.test(name)
    ),
    [],
  );
  await go(rig);
  const second = spawnWorker(rig);
  assert.equal((await run.end()).code, 0);
  assert.deepEqual(rig.counted(), [
    "evaluate",
    "load",
    "train",
    "train from 3",
  ]);
  await stop(second);
});

test.inFull("a run that is killed finds its jobs again, and those of workers that went on", async () => {
  await using rig = await queueRig(TRAINING);
  const first = spawnRun(rig);
  const worker = spawnWorker(rig);
  await worker.until("work-started", 2);
  first.process.kill("SIGKILL");
  await first.end();
  const second = spawnRun(rig);
  await second.until("stage-started");
  await go(rig);
  const { code, error } = await second.end();
  assert.equal(code, 0, error);
  assert.deepEqual(rig.counted(), ["evaluate", "load", "train"]);
  assert.equal((await stop(worker)).code, 0);
});

Deno.test("a stage that fails in a worker fails in the run, with its message and where that was", async () => {
  await using rig = await queueRig({ ...CHAIN, ...WORKERS });
  rig.edit("train.ts", [
    'count("train");',
    'throw new RangeError("too much");',
  ]);
  const run = spawnRun(rig);
  const worker = spawnWorker(rig, { job: "7_1" });
  const { code, error } = await run.end();
  assert.equal(code, 1);
  assert.match(
    error,
    /^Cannot complete stage "train": too much \(here, job 7_1\)$/m,
  );
  assert.equal((await stop(worker)).code, 0);
});

test.inFull("a stage goes on however often its worker dies, if each keeps a checkpoint", async () => {
  await using rig = await queueRig(TRAINING);
  const run = spawnRun(rig);
  for (let death = 0; death < 4; death++) {
    const worker = spawnWorker(rig);
    await worker.until("work-started", death === 0 ? 2 : 1);
    if (death === 0) await saved(rig);
    else await outlived(rig, death);
    worker.process.kill("SIGKILL");
    await worker.end();
  }
  await go(rig);
  const last = spawnWorker(rig);
  const { code, error } = await run.end();
  assert.equal(code, 0, error);
  assert.equal((await stop(last)).code, 0);
  assert.deepEqual(filesBelow(join(rig.store, "queue/toil")), []);
});

test.inFull("a stage whose worker died three times is not tried again, and the run says so", async () => {
  await using rig = await queueRig(TRAINING);
  rig.edit("train.ts", [
    "await scratch.save(Uint8Array.of(epoch));",
    "await new Promise((resolve) => setTimeout(resolve, 10));",
  ]);
  const run = spawnRun(rig);
  for (let death = 0; death < 3; death++) {
    const worker = spawnWorker(rig);
    await worker.until("work-started", death === 0 ? 2 : 1);
    worker.process.kill("SIGKILL");
    await worker.end();
  }
  const last = spawnWorker(rig);
  const { code, error } = await run.end();
  assert.equal(code, 1);
  assert.match(
    error,
    /^Cannot complete stage "train": the worker that ran it died 3 times, /m,
  );
  assert.equal((await stop(last)).code, 0);
});

test.inFull("a damaged job is removed and written again; one of another version is left, with a line", async () => {
  await using rig = await queueRig({ ...CHAIN, ...WORKERS });
  const jobs = join(rig.store, "queue/jobs");
  const run = spawnRun(rig);
  const name = await firstIn(jobs);
  await Deno.writeTextFile(join(jobs, name), "{");
  await Deno.writeTextFile(
    join(jobs, name.replace(/[0-9a-f]{64}/, "ab".repeat(32))),
    `${digestOf(new TextEncoder().encode('{"format":99}'))}\n{"format":99}`,
  );
  const workers = [spawnWorker(rig), spawnWorker(rig)];
  const { code, error } = await run.end();
  assert.equal(code, 0, error);
  const ends = await Promise.all(workers.map(stop));
  const output = ends.map(({ output }) => output).join("");
  assert.match(output, /^work-left Cannot run job \w{12}: it is damaged$/m);
  assert.match(
    output,
    /^work-left Cannot run job abababababab: it has format 99 and this version reads 1$/m,
  );
});

test.inFull("a worker with other packages leaves with a line and an exit code, and the stages to others", async () => {
  await using rig = await queueRig({ ...CHAIN, ...WORKERS });
  const run = spawnRun(rig);
  const name = await firstIn(join(rig.store, "queue/jobs"));
  const config = await Deno.readTextFile(rig.path("1/deno.json"));
  await Deno.writeTextFile(
    rig.path("1/deno.json"),
    config.replace(/npm:zod@[\d.]+/, "npm:zod@3.0.0"),
  );
  const worker = await spawnWorker(rig, { idle: 0 }).end();
  assert.equal(worker.code, 1);
  assert.match(
    worker.error,
    /Cannot work for this store: stages with package zod .* are left to others: here is .*; check out the commit of the run/,
  );
  await Deno.writeTextFile(rig.path("1/deno.json"), config);
  assert.ok((await firstIn(join(rig.store, "queue/jobs"))) === name);
  const other = spawnWorker(rig);
  assert.equal((await run.end()).code, 0);
  await stop(other);
});

test.inFull("a run sees the record that a worker puts in the place of one of which the index tells", async () => {
  await using rig = await queueRig({ ...CHAIN, ...WORKERS });
  // A task that gives another result each time, though none should.
  rig.edit("train.ts", [
    "seen: images.length",
    `seen: Number(Deno.readTextFileSync(${unseen(rig.path(GO))}))`,
  ]);
  await Deno.writeTextFile(rig.path(GO), "3");
  await rig.reproduce();
  await Deno.writeTextFile(rig.path(GO), "4");
  const index = recordIndex(rig.store, {
    files: storeFiles(rig.store),
    clock: () => Date.now() + 60_000, // long after the records were written
  });
  for (const [key, { record }] of contentsOf(rig.store).records) {
    if (record !== undefined) index.note(key, record);
  }
  await index.save();
  const [trained = ""] = digestsIn(rig).get("train") ?? [];
  await Deno.remove(join(rig.store, objectPath(trained)));
  const worker = spawnWorker(rig);
  const ends = new AbortController();
  const run = rig.reproduce({
    forWorkers: () => true,
    signal: ends.signal,
  });
  // Else it would be made again and again.
  await Promise.race([run, worker.until("work-started", 3)]);
  ends.abort();
  const { result, value } = await run;
  assert.deepEqual(result.ran, ["train", "evaluate"]);
  assert.equal(value, "accuracy of 12 epochs on 4 images");
  await stop(worker);
});

test.inFull("queueCounts() and workersAmong() say what waits, what runs, and where", async () => {
  await using rig = await queueRig(TRAINING);
  const run = spawnRun(rig);
  await firstIn(join(rig.store, "queue/jobs"));
  using use = await useStore(rig.store);
  const counts = () => queueCounts(queueFiles(rig.store), use).get("any");
  assert.deepEqual(counts(), { ready: 1, running: 0 });
  const worker = spawnWorker(rig, {
    about: { job: "7", device: "wasm" },
  });
  await worker.until("work-started", 2);
  assert.deepEqual(counts(), { ready: 0, running: 1 });
  const [seen] = workersAmong(use.presence.others());
  assert.equal(seen?.isAlive, true);
  assert.deepEqual([seen.job, seen.device, seen.stages.length], [
    "7",
    "wasm",
    1,
  ]);
  // What a dead worker leaves waits for another.
  worker.process.kill("SIGKILL");
  await worker.end();
  assert.deepEqual(counts(), { ready: 1, running: 0 });
  await go(rig);
  const next = spawnWorker(rig);
  assert.equal((await run.end()).code, 0);
  await stop(next);
});

/** Tells a worker to stop, as schedulers do. */
async function stop(worker: RigProcess): ReturnType<RigProcess["end"]> {
  worker.process.kill("SIGUSR2");
  return await worker.end();
}

/** Waits until a training has saved a checkpoint. */
async function saved({ store }: Rig): Promise<void> {
  await firstIn(join(store, "scratch"));
}

/** Waits until a worker kept a checkpoint of a stage of which so many had died. */
async function outlived({ store }: Rig, deaths: number): Promise<void> {
  const toil = join(store, "queue/toil");
  const key = basename(await firstIn(toil), ".json");
  for (let look = 0; look < 6000; look++) {
    if (queueFiles(store).toil(key).outlived === deaths) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`no checkpoint was kept after ${deaths} deaths`);
}

/** Waits until there is a file in a folder; its name. */
async function firstIn(folder: string): Promise<string> {
  for (let look = 0; look < 6000; look++) {
    const [entry] = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
    if (entry !== undefined) return entry.name;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return assert.fail(`there is nothing in ${folder}`);
}
