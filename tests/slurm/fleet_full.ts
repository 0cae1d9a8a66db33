/** Workers in a real Slurm. What stands in for a worker here is a line of shell. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Pool } from "../../engine/run/slurm/pools.ts";
import { LOST_MILLISECONDS } from "../../engine/run/slurm/roster.ts";
import { slurmCommands } from "../../engine/run/slurm/slurm_command.ts";
import { openSubmissions } from "../../engine/run/slurm/submission.ts";
import { refusal } from "../../engine/run/slurm/submit.ts";
import {
  CONTROLLER,
  hurry,
  pause,
  slurmTests,
  startCluster,
  until,
} from "./cluster.ts";
import { demand, fleetOf, POOL, tendUntil } from "./toy_fleet.ts";

const slurmTest = slurmTests("workers in Slurm", { atOnce: 4 });

slurmTest(
  "openFleet() asks for a card a worker, for as many stages as may share it",
  async () => {
    await using cluster = await startCluster();
    const { tend, now, counts, store } = fleetOf(cluster, {
      line: 'echo "$SLURM_GPUS_ON_NODE card"; sleep 600',
      pool: { ...POOL, gres: "gpu:1", jobs: 4, workers: 5 },
    });
    await tend(demand(12));
    // Each node has one card, and room for two such workers otherwise.
    await tendUntil(
      () => tend(demand(0, 12)),
      () => now()?.nodes.join() === "n1,n2,n3",
    );
    assert.equal(now()?.running, 3);
    const [submission] = openSubmissions(store);
    const log = join(submission?.folder ?? "", "2.log");
    await until(async () =>
      /^1 card$/m.test(await Deno.readTextFile(log).catch(() => ""))
    );
    assert.equal(counts.sbatch, 1);
  },
);

slurmTest(
  "openFleet() says why workers ended, and asks for no more after the third time",
  async () => {
    await using cluster = await startCluster();
    const { tend, notes, counts } = fleetOf(cluster, {
      line: `
      case $SLURM_ARRAY_TASK_ID in
        0) echo no such model; exit 3;;
        1) until [ -e go ]; do sleep 0.1; done
          held=$(head -c 300M /dev/zero | tr '\\0' a); sleep 60;;
        *) sleep 600;;
      esac`,
    });
    await tend(demand(3));
    const [submission] = openSubmissions(join(cluster.folder, "store"));
    // One after another: those that end at once count once.
    const hasEnded = (worker: number) =>
      tendUntil(
        () => tend(demand(0, 3)),
        () =>
          notes.some((note) =>
            note.includes(`${submission?.job}_${worker} of`)
          ),
      );
    await hasEnded(0);
    await Deno.writeTextFile(join(submission?.folder ?? "", "go"), "");
    await hasEnded(1);
    await cluster.slurm("scancel", [`${submission?.job}_2`]);
    await hasEnded(2);
    const text = notes.join("\n");
    assert.match(
      text,
      /Worker \d+_0 of pool "cpu" on n\d failed \(NonZeroExitCode\)\n.*\nno such model\n/,
    );
    assert.match(
      text,
      /Worker \d+_1 of pool "cpu" on n\d was ended for using more memory than it may \(100M\); raise "memory"/,
    );
    assert.match(
      text,
      /Worker \d+_2 of pool "cpu" on n\d was cancelled by hand/,
    );
    assert.match(
      text,
      /No more workers are asked for in pool "cpu": they failed 3 times/,
    );
    await assert.rejects(tend(demand(3)), {
      message: /^Cannot go on: workers of pool "cpu" failed 3 times in a row/,
    });
    assert.equal(counts.sbatch, 1);
    // Once stages end again, so do pools get workers.
    await tend(demand(1), 1);
    assert.equal(counts.sbatch, 2);
  },
);

slurmTest(
  "openFleet() finds the workers of a run that was killed, and asks for none twice",
  async () => {
    await using cluster = await startCluster();
    const first = fleetOf(cluster, { line: "sleep 60" });
    await first.tend(demand(3));
    const [submission] = openSubmissions(first.store);
    // As if it had been killed before the id was kept.
    await Deno.remove(join(submission?.folder ?? "", "job"));
    const second = fleetOf(cluster, { line: "sleep 60" });
    await tendUntil(
      () => second.tend(demand(3)),
      () => second.now()?.running === 3,
    );
    assert.equal(second.counts.sbatch, undefined);
    assert.equal(openSubmissions(first.store)[0]?.job, submission?.job);
    await second.fleet.cancel();
    const { out } = await cluster.slurm("squeue", [
      "--noheader",
      "--states=PENDING,RUNNING",
    ]);
    assert.equal(out, "");
    assert.deepEqual(openSubmissions(first.store), []);
    assert.deepEqual(second.notes, []);
  },
);

slurmTest(
  "openFleet() waits while the controller is down, and loses no worker",
  async () => {
    await using cluster = await startCluster();
    const { tend, notes, counts, now } = fleetOf(cluster, {
      line: "sleep 600",
    });
    await tend(demand(2));
    await tendUntil(() => tend(demand(0, 2)), () => now()?.running === 2);
    await cluster.kill(CONTROLLER);
    await tend(demand(2));
    assert.match(
      notes.join(),
      /^Slurm gives no answer \(.+\); workers that run go on$/,
    );
    await cluster.start(CONTROLLER);
    // What the controller had not written down yet it does not know any more.
    await tend(demand(2));
    assert.equal((now()?.running ?? 0) + (now()?.pending ?? 0), 2);
    assert.equal(counts.sbatch, 1);
    assert.equal(notes.length, 1);
  },
);

slurmTest(
  "openFleet() takes no job for its own that was given the id of one",
  async () => {
    await using cluster = await startCluster();
    const { tend, now, notes, counts, store } = fleetOf(cluster, {
      line: "sleep 600",
    });
    await tend(demand(2));
    await tendUntil(() => tend(demand(0, 2)), () => now()?.running === 2);
    // A controller that has lost everything counts from the start again.
    await cluster.kill(CONTROLLER);
    await Deno.remove(join(cluster.folder, "ctl"), { recursive: true });
    await Deno.mkdir(join(cluster.folder, "ctl"));
    await cluster.start(CONTROLLER);
    const [submission] = openSubmissions(store);
    const states = async () =>
      (await cluster.slurm("squeue", [
        ...["--noheader", "--array", "--states=all", "--format=%i %T"],
        `--jobs=${submission?.job}`,
      ])).out;
    // A busy controller may take a job and give no answer: what it lists counts.
    await until(async () => {
      await cluster.slurm("sbatch", [
        ...["--parsable", "--array=0-1", "--mem=100M", "--chdir=/tmp"],
        ...["--output=/dev/null", "--wrap=exit 7"],
      ]);
      return (await states()) !== "";
    });
    await until(async () => {
      // A node that still runs the job which had the number before is drained, and the new one held.
      await cluster.slurm("scontrol", ["update", "node=ALL", "state=resume"]);
      await cluster.slurm("scontrol", ["release", `${submission?.job}`]);
      return /^(\d+_\d FAILED\n){2}/.test(await states());
    });
    for (let looks = 0; looks < 4; looks++) await tend(demand(2));
    assert.deepEqual(notes.filter((note) => !/no answer/.test(note)), []);
    assert.equal(now()?.running, 2);
    assert.equal(counts.sbatch, 1);
  },
);

slurmTest(
  "a worker that is warned of its time limit goes back into the queue",
  async () => {
    await using cluster = await startCluster({ nodes: 1 });
    const { tend, now, notes, store } = fleetOf(cluster, {
      line: `
      if [ "$SLURM_RESTART_COUNT" = 1 ]; then echo again; exit 0; fi
      trap 'echo kept; exit 85' USR2
      echo ready; while :; do sleep 0.1; done`,
    });
    await tend(demand(1));
    const [submission] = openSubmissions(store);
    const job = `${submission?.job}_0`;
    const log = join(submission?.folder ?? "", "0.log");
    await until(async () =>
      /ready/.test(await Deno.readTextFile(log).catch(() => ""))
    );
    await cluster.slurm("scancel", ["--batch", "--signal=USR1", job]);
    await tendUntil(
      () => tend(demand(0, 1)),
      () => /^BeginTime: /.test(now()?.reasons.join() ?? ""),
    );
    await pause(4000);
    await hurry(cluster, new Set([job]));
    await tendUntil(
      () => tend(demand(0)),
      () => now()?.running === 0 && now()?.pending === 0,
    );
    assert.match(
      await Deno.readTextFile(log),
      /start 0\nready\nkept\nworker ended with code 85, warned of its time limit\n(.*\n)*worker .* start 1\nagain\n/,
    );
    assert.deepEqual(notes, []);
  },
);

slurmTest(
  "refusal() tells what Slurm would not take before anything is submitted",
  async () => {
    await using cluster = await startCluster({ nodes: 1 });
    const { slurm } = cluster;
    const of = (pool: Partial<Pool>, extra: readonly string[] = []) =>
      refusal({ ...POOL, ...pool }, { extra, slurm });
    assert.equal(await of({}), undefined);
    assert.equal(await of({ gres: "gpu:1" }), undefined);
    assert.equal(
      await of({ partition: "nosuch" }),
      "Invalid partition name specified",
    );
    assert.equal(
      await of({ memory: "1T" }),
      "Requested node configuration is not available",
    );
    assert.equal(
      await of({}, ["--constraint=a100"]),
      "Invalid feature specification",
    );
    // While no node is there jobs are taken, and wait.
    await slurm("scontrol", ["update", "node=n1", "state=DRAIN", "reason=x"]);
    assert.equal(await of({}), undefined);
    const { out } = await slurm("squeue", ["--noheader"]);
    assert.equal(out, "");
  },
);

slurmTest("openFleet() keeps arrays as small as Slurm wants them", async () => {
  await using cluster = await startCluster({ nodes: 1 });
  const { tend, counts, now, fleet } = fleetOf(cluster, {
    line: "sleep 60",
    pool: { ...POOL, workers: 150 },
  });
  await tend(demand(500));
  assert.equal(counts.sbatch, 2);
  await tend(demand(500));
  assert.equal((now()?.pending ?? 0) + (now()?.running ?? 0), 150);
  await tendUntil(
    () => tend(demand(500)),
    () => /Resources: no node is free/.test(now()?.reasons.join() ?? ""),
  );
  await fleet.cancel();
});

slurmTest(
  "openFleet() reads its id among lines of a site, whatever a user calls the jobs, and tells workers their time",
  async () => {
    await using cluster = await startCluster({ nodes: 1 });
    const sbatch = join(cluster.folder, "site/sbatch");
    await Deno.mkdir(join(cluster.folder, "site"));
    await Deno.writeTextFile(
      sbatch,
      `#!/bin/sh
echo Welcome to the cluster; echo 2026
/usr/bin/sbatch "$@" && echo 17 jobs wait
`,
    );
    await Deno.chmod(sbatch, 0o755);
    const { tend, now, notes, counts, store, fleet } = fleetOf(cluster, {
      line: 'echo "$0 $*"; sleep 600',
      pool: { ...POOL, seconds: 900 },
      extra: ["--job-name=mine"],
      slurm: slurmCommands({
        ...cluster.env,
        PATH: `${cluster.folder}/site:${cluster.env["PATH"]}`,
      }),
    });
    await tend(demand(2));
    await tendUntil(() => tend(demand(0, 2)), () => now()?.running === 2);
    const [submission] = openSubmissions(store);
    const log = join(submission?.folder ?? "", "0.log");
    const left = async () =>
      /--time-left (\d+) /.exec(
        await Deno.readTextFile(log).catch(() => ""),
      )?.[1];
    await until(async () => await left() !== undefined);
    // Of 15 minutes two are for leaving.
    const seconds = Number(await left());
    assert.ok(seconds > 700 && seconds <= 780, `${seconds}`);
    assert.equal(counts.sbatch, 1);
    await fleet.cancel();
    const { out } = await cluster.slurm("squeue", [
      ...["--noheader", "--states=PENDING,RUNNING"],
    ]);
    assert.equal(out, "");
    assert.deepEqual(notes, []);
  },
);

slurmTest(
  "openFleet() says that Slurm's queue is full, and submits nothing more until it knows",
  async () => {
    await using cluster = await startCluster({
      nodes: 1,
      lines: ["MaxJobCount=2"],
    });
    let passed = 0;
    const { tend, now, notes, counts } = fleetOf(cluster, {
      line: "sleep 600",
      slurm: slurmCommands(cluster.env, { limit: 4000 }),
      clock: () => Date.now() + passed,
    });
    await tend(demand(9));
    await tend(demand(9));
    assert.deepEqual(notes, [
      `Slurm has not said whether it takes workers for pool "cpu" (sbatch gave no answer within 4 s: Slurm temporarily unable to accept job, sleeping and retrying); they are looked for, and asked for again if it has none after 2 minutes`,
    ]);
    assert.equal(counts.sbatch, 1);
    // Fewer are wanted after a while, and taken.
    passed = LOST_MILLISECONDS + 1;
    await tend(demand(1));
    await tendUntil(() => tend(demand(0, 1)), () => now()?.running === 1);
    assert.equal(counts.sbatch, 2);
    assert.equal(notes.length, 1);
  },
);

slurmTest(
  "openFleet() asks for another worker in place of one that Slurm does not put back into the queue",
  async () => {
    await using cluster = await startCluster({ nodes: 1 });
    const { tend, now, notes, counts, store } = fleetOf(cluster, {
      line: `
      echo "start train"
      trap 'exit 85' USR2
      echo ready; while :; do sleep 0.1; done`,
    });
    await tend(demand(1));
    const [submission] = openSubmissions(store);
    const job = `${submission?.job}_0`;
    const log = join(submission?.folder ?? "", "0.log");
    const said = () => Deno.readTextFile(log).catch(() => "");
    await until(async () => /ready/.test(await said()));
    await cluster.slurm("scontrol", ["update", `job=${job}`, "Requeue=0"]);
    await cluster.slurm("scancel", ["--batch", "--signal=USR1", job]);
    await tendUntil(() => tend(demand(1)), () => counts.sbatch === 2);
    await tendUntil(() => tend(demand(0, 1)), () => now()?.running === 1);
    assert.match(await said(), /disabled|not.*permitted|denied/i);
    assert.deepEqual(notes, []);
  },
);
