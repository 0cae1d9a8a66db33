/** What is said of workers that Slurm ends. Debian's Slurm has no machine of its own to boot, so that BOOT_FAIL is not among it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openSubmissions } from "../../engine/run/slurm/submission.ts";
import { hurry, pauseOr, slurmTests, startCluster } from "./cluster.ts";
import { POOLS, slurmWords, startRun, startsIn } from "./slurm_run.ts";
import { demand, fleetOf, POOL, tendUntil } from "./toy_fleet.ts";

const slurmTest = slurmTests("ends of workers in Slurm", { atOnce: 6 });

/** Partitions whose jobs give way to those of another: one ends them, one has them wait. */
const PREEMPTION = [
  "PreemptType=preempt/partition_prio",
  "PreemptMode=REQUEUE",
  "PartitionName=low Nodes=ALL PriorityTier=1 PreemptMode=CANCEL",
  "PartitionName=back Nodes=ALL PriorityTier=1 PreemptMode=REQUEUE",
  "PartitionName=high Nodes=ALL PriorityTier=9 PreemptMode=OFF",
];

/** A partition whose node is started when it is needed, and never comes. */
const CLOUD = [
  "SuspendProgram=/bin/true",
  "ResumeProgram=/bin/true",
  "ResumeTimeout=5",
  "SuspendTime=600",
  "NodeName=c1 NodeAddr=127.0.0.1 Port=1 CPUs=2 RealMemory=8000 State=CLOUD",
  "PartitionName=cloud Nodes=c1",
];

slurmTest(
  "a stage without checkpoints that takes longer than a worker may stay fails the second time, with what helps",
  async () => {
    await using cluster = await startCluster({ nodes: 1 });
    const cpu = { ...POOLS.cpu, time: "0:05:00", extra: ["--time=3"] };
    const run = startRun(
      cluster,
      await slurmWords(cluster, "smoke", { cpu }, "at-once"),
    );
    let isOver = false;
    const end = run.end().finally(() => isOver = true);
    let waiting: ReadonlySet<string> = new Set();
    while (!isOver) {
      waiting = await hurry(cluster, waiting);
      await pauseOr(end, 4000);
    }
    const { code, stdout, stderr } = await end;
    assert.equal(code, 1, stdout);
    assert.match(
      stderr,
      /^Cannot complete stage "trainAtOnce": it takes longer than a worker may stay: 2 times it ran for all of that time, the last time \d min, and kept no checkpoint; raise "time" of pool "cpu", which is 5 min, or have the stage keep checkpoints \(n1, job \d+_0\)$/m,
    );
    const { stages, submissions, logs } = startsIn(
      join(cluster.folder, "store"),
    );
    // Slurm may end a worker and start it again by itself: what counts is that each began the stage once, and two had all their time.
    const lives = logs.match(/^worker \d+_0 on n1, start \d+$/gm) ?? [];
    const warned = logs.match(/^worker ended .*, warned of its time limit$/gm);
    assert.equal(warned?.length, 2, logs);
    assert.ok((stages.get("trainAtOnce") ?? 0) <= lives.length, logs);
    assert.equal(submissions, 1);
  },
);

slurmTest(
  "openFleet() says that a worker was preempted, and waits for one that is to start again",
  async () => {
    await using cluster = await startCluster({ nodes: 1, lines: PREEMPTION });
    const fleetIn = (partition: string) =>
      fleetOf(cluster, {
        line: "sleep 600",
        pool: { ...POOL, name: partition, partition },
        store: partition,
      });
    const [low, back] = [fleetIn("low"), fleetIn("back")];
    for (const { tend, now } of [low, back]) {
      await tend(demand(1));
      await tendUntil(() => tend(demand(0, 1)), () => now()?.running === 1);
    }
    await cluster.slurm("sbatch", [
      ...["--partition=high", "--mem=8000M", "--output=/dev/null"],
      "--wrap=sleep 600",
    ]);
    await tendUntil(
      () => low.tend(demand(0, 1)),
      () => low.now()?.running === 0,
    );
    assert.match(
      low.notes.join("\n"),
      /^Worker \d+_0 of pool "low" on n1 was preempted by a job of higher priority\n/,
    );
    await tendUntil(
      () => back.tend(demand(1)),
      () => back.now()?.pending === 1,
    );
    assert.deepEqual(back.notes, []);
    assert.match(back.now()?.reasons.join() ?? "", /^(BeginTime|Resources): /);
    assert.equal(back.counts.sbatch, 1);
  },
);

slurmTest("openFleet() says that a node failed", async () => {
  await using cluster = await startCluster({ nodes: 1, lines: CLOUD });
  const { tend, now, notes, store } = fleetOf(cluster, {
    line: "sleep 600",
    pool: { ...POOL, partition: "cloud" },
  });
  await tend(demand(1));
  const [submission] = openSubmissions(store);
  await cluster.slurm("scontrol", [
    ...["update", `job=${submission?.job}`, "Requeue=0"],
  ]);
  await tendUntil(
    () => tend(demand(0, 1)),
    () => notes.length > 0,
  );
  assert.match(
    notes.join("\n"),
    /^Worker \d+_0 of pool "cpu" on c1 was lost with its node, which failed$/,
  );
  assert.equal(now()?.running, 0);
});

slurmTest(
  "openFleet() cancels a worker that Slurm holds since its node could not start it, and asks for another",
  async () => {
    const prolog = await Deno.makeTempFile({ prefix: "prolog-" });
    await Deno.writeTextFile(
      prolog,
      '#!/bin/sh\n[ "$SLURMD_NODENAME" != n1 ]\n',
    );
    await Deno.chmod(prolog, 0o755);
    try {
      await using cluster = await startCluster({
        nodes: 2,
        lines: [`Prolog=${prolog}`],
      });
      const { tend, now, notes, counts } = fleetOf(cluster, {
        line: "sleep 600",
      });
      await tend(demand(1));
      await tendUntil(() => tend(demand(1)), () => notes.length > 0);
      await tendUntil(() => tend(demand(1)), () => now()?.running === 1);
      assert.match(
        notes.join("\n"),
        /^Worker \d+_0 of pool "cpu" was cancelled, since Slurm had given up starting it \(launch failed requeued held\)$/,
      );
      assert.deepEqual(now()?.nodes, ["n2"]);
      assert.equal(counts.sbatch, 2);
    } finally {
      await Deno.remove(prolog);
    }
  },
);

slurmTest(
  "openFleet() says that a worker reached its time limit",
  async () => {
    await using cluster = await startCluster({ nodes: 1 });
    const { tend, notes } = fleetOf(cluster, {
      // It hears no warning.
      line: "trap '' TERM USR2; echo step 7; sleep 600",
      pool: { ...POOL, seconds: 60 },
    });
    await tend(demand(1));
    await tendUntil(() => tend(demand(0, 1)), () => notes.length > 0);
    assert.match(
      notes.join("\n"),
      /^Worker \d+_0 of pool "cpu" on n1 reached its time limit before its stages had ended; .*\n(.*\n)*step 7\n/,
    );
  },
);

slurmTest(
  "openFleet() says that a worker was ended at a deadline",
  async () => {
    await using cluster = await startCluster({ nodes: 1 });
    await cluster.slurm("sbatch", [
      ...["--mem=8000M", "--chdir=/tmp", "--output=/dev/null"],
      "--wrap=sleep 600",
    ]);
    const { tend, now, notes } = fleetOf(cluster, {
      line: "sleep 600",
      pool: { ...POOL, seconds: 60 },
      // There is no room for it until then.
      extra: ["--deadline=now+75seconds"],
    });
    await tend(demand(1));
    await tendUntil(() => tend(demand(1)), () => notes.length > 0);
    assert.match(
      notes.join("\n"),
      /^Worker \d+_0 of pool "cpu" was ended at the deadline that it was given$/m,
    );
    assert.equal(now()?.running, 0);
  },
);
