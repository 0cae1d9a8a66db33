/** Workers in a Slurm that keeps accounts. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openSubmissions } from "../../engine/run/slurm/submission.ts";
import { noAccounting, startAccounting } from "./accounting.ts";
import {
  type Cluster,
  CONTROLLER,
  slurmTests,
  startCluster,
  until,
} from "./cluster.ts";
import { demand, fleetOf, POOL, tendUntil } from "./toy_fleet.ts";

const slurmTest = slurmTests("workers in a Slurm that keeps accounts", {
  atOnce: 4,
  missing: noAccounting,
});

/** What accounting says of a job. */
async function accountOf({ slurm }: Cluster, job: string): Promise<string> {
  const { out } = await slurm("sacct", [
    ...["--noheader", "--parsable2", "--allocations", "--array"],
    ...["--format=JobID,State", `--jobs=${job}`],
  ]);
  return out;
}

slurmTest(
  "openFleet() believes accounting about the ends of workers that the queue has forgotten, and about nothing else",
  async () => {
    await using accounting = await startAccounting();
    await using cluster = await startCluster({ accounting: accounting.lines });
    let passed = 0;
    const { tend, now, notes, counts, store } = fleetOf(cluster, {
      line: `case $SLURM_ARRAY_TASK_ID in
        0) echo no such model; exit 3;;
        1) exit 0;;
        *) sleep 600;;
      esac`,
      clock: () => Date.now() + passed,
    });
    await tend(demand(3));
    const [submission] = openSubmissions(store);
    const job = submission?.job ?? "";
    await until(async () =>
      /_0\|FAILED\n.*_1\|COMPLETED\n.*_2\|RUNNING\n/
        .test(await accountOf(cluster, job))
    );
    // A controller that has lost everything knows none of them.
    await cluster.kill(CONTROLLER);
    await Deno.remove(join(cluster.folder, "ctl"), { recursive: true });
    await Deno.mkdir(join(cluster.folder, "ctl"));
    await cluster.start(CONTROLLER);
    // While accounting is away it says nothing of them either.
    await accounting.kill();
    await tend(demand(3));
    assert.deepEqual(notes.filter((note) => !/no answer/.test(note)), []);
    assert.equal(now()?.pending, 3);
    await accounting.start();
    await tend(demand(0, 1));
    assert.match(
      notes.join("\n"),
      /^Worker \d+_0 of pool "cpu" on n\d failed \(exit code 3\)\n.*\nno such model\n/m,
    );
    // That the third runs, which it may say for ever, is not believed.
    passed = 300_000;
    await tend(demand(0, 1));
    assert.match(
      notes.join("\n"),
      /^(Slurm has not known worker \d+_2 .* 5 minutes|Worker \d+_2 .* was cancelled)/m,
    );
    assert.equal(now()?.pending, 0);
    assert.equal(counts.sbatch, 1);
  },
);

slurmTest(
  "openFleet() works on while accounting is off for ten minutes",
  async () => {
    await using accounting = await startAccounting();
    await using cluster = await startCluster({ accounting: accounting.lines });
    let passed = 0;
    const { tend, now, notes, counts } = fleetOf(cluster, {
      line: "sleep 600",
      clock: () => Date.now() + passed,
    });
    await tend(demand(1));
    await tendUntil(() => tend(demand(0, 1)), () => now()?.running === 1);
    await accounting.kill();
    for (; passed < 600_000; passed += 200_000) await tend(demand(0, 1));
    await tend(demand(2, 1));
    await tendUntil(() => tend(demand(0, 3)), () => now()?.running === 3);
    assert.equal(counts.sbatch, 2);
    assert.deepEqual(notes, []);
  },
);

slurmTest(
  "openFleet() fits to how many jobs an account may submit, and says so",
  async () => {
    await using accounting = await startAccounting();
    await using cluster = await startCluster({
      accounting: [...accounting.lines, "AccountingStorageEnforce=limits"],
    });
    for (
      const words of [["account", "lab"], [
        ...["user", "root", "account=lab"],
        "MaxSubmitJobs=5",
      ]]
    ) {
      const add = () =>
        new Deno.Command("sacctmgr", {
          args: ["-i", "add", ...words],
          env: cluster.env,
          stdout: "null",
          stderr: "null",
        }).output();
      // The daemon of accounts may not listen yet.
      for (let tries = 0; !(await add()).success; tries++) {
        assert.ok(tries < 60, words.join(" "));
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
    const { tend, now, notes, counts, fleet } = fleetOf(cluster, {
      line: "sleep 600",
      extra: ["--account=lab"],
      pool: { ...POOL, workers: 16 },
    });
    await tendUntil(
      () => tend(demand(40)),
      () => (now()?.pending ?? 0) + (now()?.running ?? 0) > 0,
    );
    assert.equal((now()?.pending ?? 0) + (now()?.running ?? 0), 5);
    assert.match(
      notes.at(-1) ?? "",
      /^Slurm allows 5 workers for pool "cpu" and no more \(AssocMaxSubmitJobLimit: Job violates accounting\/QOS policy .*\); more are asked for after 10 minutes$/,
    );
    const asked = counts.sbatch;
    await tend(demand(40));
    assert.equal(counts.sbatch, asked);
    await fleet.cancel();
  },
);

slurmTest(
  "openFleet() finds its workers by the cluster that sbatch names",
  async () => {
    await using accounting = await startAccounting();
    await using cluster = await startCluster({ accounting: accounting.lines });
    const { tend, now, notes, counts, fleet, store } = fleetOf(cluster, {
      line: "sleep 600",
      extra: ["--clusters=test"],
    });
    await tend(demand(2));
    assert.match(openSubmissions(store)[0]?.job ?? "", /^\d+;test$/);
    await tendUntil(() => tend(demand(0, 2)), () => now()?.running === 2);
    assert.equal(counts.sbatch, 1);
    await fleet.cancel();
    const { out } = await cluster.slurm("squeue", [
      ...["--noheader", "--states=PENDING,RUNNING"],
    ]);
    assert.equal(out, "");
    assert.deepEqual(notes, []);
  },
);
