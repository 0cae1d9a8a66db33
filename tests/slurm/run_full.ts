/** Runs whose stages workers in a real Slurm make. */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Cluster,
  hurry,
  pause,
  slurmTest,
  startCluster,
  until,
} from "./cluster.ts";
import {
  expected,
  POOLS,
  resultsIn,
  ROOT,
  slurmWords,
  startRun,
  startsIn,
  unhurried,
} from "./slurm_run.ts";

const store = ({ folder }: Cluster) => join(folder, "store");

async function queue({ slurm }: Cluster): Promise<string> {
  return (await slurm("squeue", ["--noheader", "--format=%i %T"])).out;
}

slurmTest(
  "reproduce --executor slurm makes the same bytes on several nodes as one machine",
  async () => {
    await using cluster = await startCluster();
    const words = unhurried(await slurmWords(cluster, "smoke"));
    const { code, stdout, stderr } = await startRun(cluster, words).end();
    assert.equal(code, 0, stderr);
    assert.match(stdout, /\n {2}pool cpu: 3 workers on n\d.* and n\d\n/);
    assert.match(
      stdout,
      /start train\/\d: never run before; on n\d, job \d+_\d\n/,
    );
    assert.deepEqual(resultsIn(store(cluster)), await expected(cluster, words));
    const starts = startsIn(store(cluster));
    assert.equal(starts.submissions, 1);
    assert.deepEqual([...starts.stages.values()], Array(9).fill(1));
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
  "two runs at once share their workers, which stay when one of them is stopped",
  async () => {
    await using cluster = await startCluster();
    const words = unhurried(await slurmWords(cluster, "smoke"));
    const runs = [startRun(cluster, words), startRun(cluster, words)] as const;
    const [first, second] = runs;
    await until(() =>
      Promise.resolve(runs.every((run) => /start train/.test(run.said())))
    );
    first.child.kill("SIGINT");
    const stopped = await first.end();
    assert.equal(stopped.code, 130, stopped.stderr);
    assert.match(
      stopped.stdout,
      /^Another run on the store goes on, with these workers$/m,
    );
    const { code, stdout, stderr } = await second.end();
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stdout, /cancelled/);
    const { submissions, stages } = startsIn(store(cluster));
    assert.equal(submissions, 1);
    assert.deepEqual([...stages.values()], Array(9).fill(1));
    assert.deepEqual(resultsIn(store(cluster)), await expected(cluster, words));
  },
);

slurmTest(
  "a worker at its time limit keeps a checkpoint and goes on from there, to the same bytes",
  async () => {
    await using cluster = await startCluster({ nodes: 1 });
    // A worker that left because a busy machine was slow to give it the next stage would be asked for anew.
    const patient = { cpu: { ...POOLS.cpu, idle: 60 } };
    const words = await slurmWords(cluster, "default", patient);
    const run = startRun(cluster, words);
    const scratch = join(store(cluster), "scratch");
    await until(() =>
      Deno.stat(scratch).then(
        () => [...Deno.readDirSync(scratch)].length > 0,
        () => false,
      )
    );
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
  "reproduce --detach goes on as a job, and refuses what Slurm would not take",
  async () => {
    await using cluster = await startCluster();
    const words = await slurmWords(cluster, "smoke");
    const { code, stdout, stderr } = await startRun(cluster, [
      ...words,
      "--detach",
    ])
      .end();
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^The run goes on as job \d+ of Slurm/m);
    const site = join(cluster.folder, "site/index.html");
    await until(() => Deno.stat(site).then(() => true, () => false));
    await until(async () => await queue(cluster) === "");
    const { submissions } = startsIn(store(cluster));
    assert.equal(submissions, 2);
    const refused = await startRun(cluster, [
      ...words,
      "--",
      "--partition=none",
    ])
      .end();
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /^Cannot use pool "cpu": Slurm would not take its workers \(Invalid partition name specified\); nothing was submitted$/m,
    );
  },
);

/** A second folder of the project, whose workers and trainings have other code than those of the first. */
async function otherCheckout({ folder }: Cluster): Promise<string> {
  const other = join(folder, "other");
  await Deno.mkdir(other);
  const entries = await Array.fromAsync(Deno.readDir(ROOT));
  const all = entries.map(({ name }) => name)
    .filter((name) => !name.startsWith("."))
    .map((name) => join(ROOT, name));
  const { success } = await new Deno.Command("cp", {
    args: ["-al", ...all, other],
  }).output();
  assert.ok(success);
  for (
    const [path, was, is] of [
      ["engine/run/workers/worker.ts", "", "// changed\n"],
      ["tests/slurm/sweep.ts", "1664525", "1103515245"],
    ] as const
  ) {
    const code = await Deno.readTextFile(join(other, path));
    await Deno.remove(join(other, path)); // it is that of the first
    await Deno.writeTextFile(join(other, path), code.replace(was, is));
  }
  return other;
}

slurmTest(
  "two checkouts at once on one store each get workers of their own, none of which fails or is cancelled for the other",
  async () => {
    await using cluster = await startCluster();
    const root = await otherCheckout(cluster);
    const words = unhurried(await slurmWords(cluster, "smoke"));
    const runs = [
      startRun(cluster, words),
      startRun(cluster, words, { root }),
    ];
    for (const run of runs) {
      const { code, stdout, stderr } = await run.end();
      assert.equal(code, 0, `${stdout}\n${stderr}`);
      assert.doesNotMatch(stdout, /Worker \d|Another run/);
    }
    const { stages, logs } = startsIn(store(cluster));
    assert.doesNotMatch(logs, /Cannot work|code [1-9]/);
    assert.deepEqual([...stages.values()], Array(9).fill(2));
  },
);
