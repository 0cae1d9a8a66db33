/** Runs whose stages workers in a real Slurm make. */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Cluster,
  hurry,
  pause,
  pauseOr,
  slurmTest,
  startCluster,
  until,
} from "./cluster.ts";
import {
  expected,
  onDevice,
  POOLS,
  resultsIn,
  slurmWords,
  startRun,
  startsIn,
  UNHURRIED,
  unhurried,
  workersSaid,
} from "./slurm_run.ts";

const store = ({ folder }: Cluster) => join(folder, "store");

async function queue({ slurm }: Cluster): Promise<string> {
  for (;;) {
    const words = ["--noheader", "--format=%i %T"];
    const { code, out } = await slurm("squeue", words);
    if (code === 0) return out;
    await pause(50); // a busy controller may give no answer
  }
}

/** A pool whose workers leave soon after a test is done with them, and not because a busy machine was slow to give them the next stage: then others are asked for. */
const PATIENT = { cpu: { ...POOLS.cpu, idle: 30 } };

/** Whether a stage has kept a checkpoint. */
async function hasCheckpoint(cluster: Cluster): Promise<boolean> {
  try {
    const kept = Deno.readDir(join(store(cluster), "scratch"));
    return (await Array.fromAsync(kept)).length > 0;
  } catch {
    return false;
  }
}

slurmTest(
  "reproduce --executor slurm makes the same bytes on several nodes as one machine",
  async () => {
    await using cluster = await startCluster(UNHURRIED);
    const words = unhurried(await slurmWords(cluster, "smoke", PATIENT));
    const { code, stdout, stderr } = await startRun(cluster, words).end();
    assert.equal(code, 0, stderr);
    assert.match(stdout, /\n {2}pool cpu: 3 workers on n\d.* and n\d\n/);
    assert.match(
      stdout,
      /start train\/\d: never run before; on n\d, job \d+_\d\n/,
    );
    assert.deepEqual(resultsIn(store(cluster)), await expected(cluster, words));
    const starts = startsIn(store(cluster));
    assert.equal(starts.submissions, 1, `${stdout}\n${starts.logs}`);
    assert.deepEqual(
      [...starts.stages.values()],
      Array(9).fill(1),
      starts.logs,
    );
    const workers = await workersSaid(cluster);
    assert.ok(workers.length >= 2);
    for (const { node = "", job = "" } of workers) {
      assert.match(`${node}, ${job}`, /^n\d, \d+_\d$/);
    }
    const crate = await startRun(cluster, [
      ...["crate", "--store", "store", "--to", "crate", "--without-artifacts"],
    ]).end();
    assert.equal(crate.code, 0, crate.stderr);
    assert.doesNotMatch(
      await Deno.readTextFile(
        join(cluster.folder, "crate/ro-crate-metadata.json"),
      ),
      /\bnode n\d|\bjob \d+_\d/,
    );
    // Who finds nothing to do leaves.
    await until(async () => await queue(cluster) === "");
  },
);

slurmTest(
  "a run that is killed finds its workers again, and one that is stopped leaves no job",
  async () => {
    await using cluster = await startCluster();
    const pools = { cpu: { ...POOLS.cpu, idle: 600, workers: 2 } };
    const words = await slurmWords(cluster, "default", pools);
    const first = startRun(cluster, words);
    await until(() => Promise.resolve(/start train/.test(first.said())));
    first.child.kill("SIGKILL");
    await first.end();
    const second = startRun(cluster, words);
    await until(() =>
      Promise.resolve(/pool cpu: 1 worker on/.test(second.said()))
    );
    assert.equal(startsIn(store(cluster)).submissions, 1);
    second.child.kill("SIGINT");
    const { code, stderr } = await second.end();
    assert.equal(code, 130, stderr);
    await until(async () => !/RUNNING|PENDING/.test(await queue(cluster)));
  },
);

slurmTest(
  "a worker at its time limit keeps a checkpoint and goes on from there, to the same bytes",
  async () => {
    await using cluster = await startCluster({ ...UNHURRIED, nodes: 1 });
    // A worker that left because a busy machine was slow to give it the next stage would be asked for anew.
    const patient = { cpu: { ...POOLS.cpu, idle: 60 } };
    const words = unhurried(
      await slurmWords(cluster, "default", patient),
    );
    const run = startRun(cluster, words);
    await until(() => hasCheckpoint(cluster));
    const job = (await queue(cluster)).split(" ")[0] ?? "";
    await cluster.slurm("scancel", ["--batch", "--signal=USR1", job]);
    await until(async () => /PENDING/.test(await queue(cluster)));
    await pause(4000);
    await hurry(cluster, new Set([job]));
    const { code, stdout, stderr } = await run.end();
    assert.equal(code, 0, stderr);
    const { stages, submissions, logs } = startsIn(store(cluster));
    assert.equal(submissions, 1, `${stdout}\n${logs}`);
    assert.equal(stages.get("train/0"), 2);
    assert.match(logs, /stop {2}train\/0: its checkpoint is kept/);
    assert.deepEqual(resultsIn(store(cluster)), await expected(cluster, words));
  },
);

slurmTest(
  "reproduce --detach goes on as a job, is found again without it, and refuses what Slurm would not take",
  async () => {
    await using cluster = await startCluster(UNHURRIED);
    const words = unhurried(await slurmWords(cluster, "smoke", PATIENT));
    const { code, stdout, stderr } = await startRun(cluster, [
      ...words,
      "--detach",
    ])
      .end();
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^The run goes on as job \d+ of Slurm/m);
    // The same command without it shows how the run goes on.
    const attached = await startRun(cluster, words).end();
    assert.equal(attached.code, 0, attached.stderr);
    assert.match(attached.stdout, /start \S+: .*on n\d, job \d+_\d\n/);
    const site = join(cluster.folder, "site/index.html");
    await until(() => Deno.stat(site).then(() => true, () => false));
    await until(async () => await queue(cluster) === "");
    const { submissions, stages, logs } = startsIn(store(cluster));
    // That of the run itself, and that of its workers.
    assert.equal(submissions, 2, logs);
    assert.deepEqual([...stages.values()], Array(9).fill(1), logs);
    const refused = await startRun(cluster, [
      ...words,
      "--",
      "--partition=none",
    ])
      .end();
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /^Cannot use pool "cpu": Slurm would not take its workers \(Invalid partition name specified\); nothing was submitted: change the pool \(--slurm\) or the words after --$/m,
    );
  },
);

slurmTest(
  "a stage whose node loses its power begins once more, on another node, to the same bytes",
  async () => {
    await using cluster = await startCluster({ nodes: 2 });
    const patient = { cpu: { ...POOLS.cpu, idle: 60 } };
    const words = unhurried(
      await slurmWords(cluster, "default", patient),
    );
    const run = startRun(cluster, words);
    await until(() => hasCheckpoint(cluster));
    const { out } = await cluster.slurm("squeue", [
      ...["--noheader", "--format=%N", "--states=RUNNING"],
    ]);
    const node = out.trim();
    await cluster.cutPower(node);
    let isOver = false;
    const end = run.end().finally(() => isOver = true);
    let waiting: ReadonlySet<string> = new Set();
    while (!isOver) {
      waiting = await hurry(cluster, waiting);
      await pauseOr(end, 1000);
    }
    const { code, stdout, stderr } = await end;
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    const { stages, submissions, logs } = startsIn(store(cluster));
    assert.equal(submissions, 1, `${stdout}\n${logs}`);
    assert.equal(stages.get("train/0"), 2);
    assert.match(logs, new RegExp(`^worker .* on ${node}, start 0$`, "m"));
    assert.match(logs, /^worker .* on n\d, start 1$/m);
    assert.deepEqual(resultsIn(store(cluster)), await expected(cluster, words));
  },
);

slurmTest(
  "workers that Slurm calls completed without a result are no success, and are asked for three times",
  async () => {
    await using cluster = await startCluster({ nodes: 1 });
    const cpu = { ...POOLS.cpu, workers: 1, setup: ["exit 0"] };
    const words = await slurmWords(cluster, "smoke", { cpu });
    const { code, stdout, stderr } = await startRun(cluster, words).end();
    assert.equal(code, 1, stdout);
    assert.match(
      stderr,
      /^Cannot go on: workers of pool "cpu" failed 3 times in a row \(the last: worker \d+_0 left and had begun no stage, though some wait; see .*\/0\.log\); finished stages are kept/m,
    );
    const { submissions, stages } = startsIn(store(cluster));
    assert.equal(submissions, 3);
    assert.equal(stages.size, 0);
    const { out } = await cluster.slurm("squeue", [
      ...["--noheader", "--states=all", "--format=%T"],
    ]);
    assert.equal(out, "COMPLETED\n".repeat(3));
  },
);

slurmTest(
  "a worker that is cancelled by hand keeps a checkpoint, and another that the run asks for goes on from there",
  async () => {
    await using cluster = await startCluster({ ...UNHURRIED, nodes: 1 });
    const patient = { cpu: { ...POOLS.cpu, idle: 60 } };
    const words = unhurried(
      await slurmWords(cluster, "default", patient),
    );
    const run = startRun(cluster, words);
    await until(() => hasCheckpoint(cluster));
    const job = (await queue(cluster)).split(" ")[0] ?? "";
    await cluster.slurm("scancel", [job]);
    const { code, stdout, stderr } = await run.end();
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    assert.match(
      stdout,
      /Worker \d+_0 of pool "cpu" on n1 was cancelled by hand/,
    );
    const { stages, submissions, logs } = startsIn(store(cluster));
    assert.match(logs, /stop {2}train\/0: its checkpoint is kept/);
    assert.equal(stages.get("train/0"), 2);
    assert.equal(submissions, 2, `${stdout}\n${logs}`);
    assert.deepEqual(resultsIn(store(cluster)), await expected(cluster, words));
  },
);

slurmTest(
  "stages on cards run in the pool that has them, several a card",
  async () => {
    await using cluster = await startCluster({ ...UNHURRIED, nodes: 2 });
    const { cpu } = POOLS;
    const card = { ...cpu, device: "card", gres: "gpu:1", jobs: 2, idle: 60 };
    const pools = {
      cpu: { ...cpu, device: "wasm" },
      gpu: { ...card, setup: ['echo "$SLURM_GPUS_ON_NODE card"'] },
    };
    const words = unhurried(
      onDevice(await slurmWords(cluster, "smoke", pools), "card"),
    );
    const { code, stdout, stderr } = await startRun(cluster, words).end();
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stdout, /pool cpu: \d/);
    const { stages, submissions, logs } = startsIn(store(cluster));
    assert.equal(submissions, 1);
    assert.deepEqual([...stages.values()], Array(9).fill(1));
    assert.match(logs, /^1 card$/m);
    assert.match(logs, /^start train\/\d\nstart train\/\d\n/m);
  },
);
