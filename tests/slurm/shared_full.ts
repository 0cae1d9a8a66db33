/** Several runs at once whose stages workers in a real Slurm make. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Cluster, slurmTest, startCluster, until } from "./cluster.ts";
import {
  expected,
  onDevice,
  POOLS,
  resultsIn,
  ROOT,
  slurmWords,
  startRun,
  startsIn,
  UNHURRIED,
  unhurried,
  workersSaid,
} from "./slurm_run.ts";

const store = ({ folder }: Cluster) => join(folder, "store");

slurmTest(
  "two runs at once share their workers, which stay when one of them is stopped",
  async () => {
    await using cluster = await startCluster(UNHURRIED);
    // Workers that left because a busy machine was slow to give them the next stage would be asked for anew.
    const patient = { cpu: { ...POOLS.cpu, idle: 60 } };
    const words = unhurried(await slurmWords(cluster, "smoke", patient));
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
    const { workers, stages, logs } = startsIn(store(cluster));
    // A look while stages are still queued asks for fewer at first, and the next for the rest: never for those of two runs.
    assert.equal(workers, POOLS.cpu.workers, `${stdout}\n${logs}`);
    assert.deepEqual([...stages.values()], Array(9).fill(1), logs);
    assert.deepEqual(resultsIn(store(cluster)), await expected(cluster, words));
  },
);

slurmTest(
  "two runs on unlike devices at once each get workers of their own, and one that is stopped takes back its own alone",
  async () => {
    await using cluster = await startCluster(UNHURRIED);
    const pools = { cpu: { ...POOLS.cpu, workers: 2, idle: 60 } };
    const words = unhurried(await slurmWords(cluster, "smoke", pools));
    const [first, second] = [
      startRun(cluster, words),
      startRun(cluster, onDevice(words, "card")),
    ] as const;
    await until(() =>
      Promise.resolve(
        [first, second].every((run) => /start train/.test(run.said())),
      )
    );
    first.child.kill("SIGINT");
    const stopped = await first.end();
    assert.equal(stopped.code, 130, stopped.stderr);
    assert.doesNotMatch(stopped.stdout, /Another run/);
    const { code, stdout, stderr } = await second.end();
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    assert.doesNotMatch(stdout, /Worker \d/);
    const { submissions, logs } = startsIn(store(cluster));
    // A look that sees the first of a run's stages alone asks for one worker, and the next look for the other.
    assert.ok(submissions >= 2 && submissions <= 4, logs);
    assert.equal([...logs.matchAll(/^Device card/gm)].length, 2);
    assert.ok([...logs.matchAll(/^Device wasm/gm)].length <= 2, logs);
    assert.doesNotMatch(logs, /Cannot work/);
    const cards = (await workersSaid(cluster)).flatMap(({ gpu }) => gpu ?? []);
    assert.deepEqual([...new Set(cards)], ["toy card"]);
  },
);

slurmTest(
  "two runs of unlike profiles at once share one supply of workers",
  async () => {
    await using cluster = await startCluster(UNHURRIED);
    const pools = { cpu: { ...POOLS.cpu, idle: 60 } };
    const started = async (profile: "smoke" | "default") => {
      const words = unhurried(await slurmWords(cluster, profile, pools));
      // Each a site of its own: whichever ends first, smoke would not replace that of default.
      const site = words.indexOf("--site") + 1;
      return startRun(cluster, words.with(site, `site-${profile}`));
    };
    const runs = [await started("smoke"), await started("default")];
    for (const run of runs) {
      const { code, stdout, stderr } = await run.end();
      assert.equal(code, 0, `${stdout}\n${stderr}`);
      assert.doesNotMatch(stdout, /Worker \d/);
    }
    const { stages, logs } = startsIn(store(cluster));
    // Eight trainings of one and one of the other, and what is concluded of each.
    assert.equal([...stages.values()].reduce((a, n) => a + n, 0), 11, logs);
    const workers = [...logs.matchAll(/^worker (\d+_\d) on n\d/gm)];
    assert.ok(new Set(workers.map(([, worker]) => worker)).size <= 3, logs);
  },
);

/** Folders of the project that nobody wrote. */
const MADE =
  /^(\..*|node_modules|site(-.*)?|public|crate|er|mirror|coverage|questions)$/;

/** A second folder of the project, whose workers and trainings have other code than those of the first. */
async function otherCheckout({ folder }: Cluster): Promise<string> {
  const other = join(folder, "other");
  await Deno.mkdir(other);
  const entries = await Array.fromAsync(Deno.readDir(ROOT));
  const all = entries
    .filter(({ name, isFile }) =>
      isFile ? /\.(json|lock)$/.test(name) : !MADE.test(name)
    )
    .map(({ name }) => join(ROOT, name));
  // Hard links would be cheaper, but change what the system tells of the originals.
  const { success } = await new Deno.Command("cp", {
    args: ["-a", ...all, other],
  }).output();
  assert.ok(success);
  await Deno.symlink(join(ROOT, "node_modules"), join(other, "node_modules"));
  for (
    const [path, was, is] of [
      ["engine/run/workers/worker.ts", "", "// changed\n"],
      ["tests/slurm/sweep.ts", "1664525", "1103515245"],
    ] as const
  ) {
    const code = await Deno.readTextFile(join(other, path));
    await Deno.writeTextFile(join(other, path), code.replace(was, is));
  }
  return other;
}

slurmTest(
  "two checkouts at once on one store each get workers of their own, none of which fails or is cancelled for the other",
  async () => {
    await using cluster = await startCluster(UNHURRIED);
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
    assert.deepEqual([...stages.values()], Array(9).fill(2), logs);
  },
);
