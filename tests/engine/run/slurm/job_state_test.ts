import assert from "node:assert/strict";
import {
  phaseOf,
  readAccounts,
  readQueue,
} from "../../../../engine/run/slurm/job_state.ts";
import { endOf, waitingFor } from "../../../../engine/run/slurm/job_words.ts";

/** What squeue 24.11.5 printed of an array of ten workers, behind a line of a site. */
const QUEUE = `Welcome to the cluster! | Maintenance on Monday
2_0|COMPLETED|n1|None|/store/slurm/a
1|COMPLETED|n[1-3]|None|/home/lab
2_1|FAILED|n1|NonZeroExitCode|/store/slurm/a
2_4|FAILED|n3|RaisedSignal:9(Killed)|/store/slurm/a
2_9|PENDING||Resources|/store/slurm/a
2_6|RUNNING|n3|None|/store/slurm/a
`;

Deno.test("readQueue() reads elements of arrays, and skips other jobs and lines", () => {
  const states = readQueue(QUEUE);
  assert.deepEqual(
    states.map(({ worker, state }) => `${worker} ${state}`),
    ["0 COMPLETED", "1 FAILED", "4 FAILED", "9 PENDING", "6 RUNNING"],
  );
  assert.deepEqual(states[2], {
    job: "2",
    worker: 4,
    state: "FAILED",
    node: "n3",
    reason: "RaisedSignal:9(Killed)",
    folder: "/store/slurm/a",
  });
  assert.deepEqual(readQueue(""), []);
});

/** What sacct 24.11.5 printed of an array of workers. */
const ACCOUNTS = `7_0|COMPLETED|n1|0:0|/store/slurm/a
7_1|FAILED|n1|3:0|/store/slurm/a
7_2|CANCELLED by 0|n2|0:0|/store/slurm/a
7_3|FAILED|n2|0:9|/store/slurm/a
7_6|RUNNING|n1|0:0|/store/slurm/a
7_5|PENDING|None assigned|0:0|/store/slurm/a
`;

Deno.test("readAccounts() reads who cancelled a job, and how it ended", () => {
  const states = readAccounts(ACCOUNTS);
  assert.deepEqual(
    states.map(({ worker, state, node, reason }) =>
      [worker, state, node, reason].join(", ")
    ),
    [
      "0, COMPLETED, n1, None",
      "1, FAILED, n1, exit code 3",
      "2, CANCELLED by 0, n2, None",
      "3, FAILED, n2, signal 9",
      "6, RUNNING, n1, None",
      "5, PENDING, , None",
    ],
  );
  assert.equal(states[0]?.folder, "/store/slurm/a");
  assert.equal(phaseOf("CANCELLED by 0"), "ended");
});

Deno.test("phaseOf() takes a word that it does not know for that of a worker that may run", () => {
  assert.equal(phaseOf("PENDING"), "pending");
  assert.equal(phaseOf("REQUEUE_HOLD"), "pending");
  assert.equal(phaseOf("COMPLETING"), "running");
  assert.equal(phaseOf("SOMETHING_NEW"), "running");
  // Its sibling runs, at another cluster of the federation.
  assert.equal(phaseOf("REVOKED"), "running");
  assert.equal(phaseOf("TIMEOUT"), "ended");
});

const told = (state: string, log: readonly string[] = [], reason = "None") =>
  endOf(
    { job: "7", worker: 3, state, node: "n2", reason, folder: "/a" },
    { pool: { name: "cpu", memory: "4G" }, log },
  );

Deno.test("endOf() has words of its own for each way in which a worker ends", () => {
  const ends = [
    "OUT_OF_MEMORY",
    "TIMEOUT",
    "NODE_FAIL",
    "BOOT_FAIL",
    "PREEMPTED",
    "CANCELLED",
    "CANCELLED by 1000",
    "DEADLINE",
    "FAILED",
    "SOMETHING_NEW",
  ].map((state) => told(state));
  assert.deepEqual(ends, [
    `Worker 7_3 of pool "cpu" on n2 was ended for using more memory than it may (4G); raise "memory" of the pool, or lower its "jobs"`,
    `Worker 7_3 of pool "cpu" on n2 reached its time limit before its stages had ended; their checkpoints are kept; raise "time" of the pool if this comes again`,
    `Worker 7_3 of pool "cpu" on n2 was lost with its node, which failed`,
    `Worker 7_3 of pool "cpu" on n2 did not start: its node could not be booted`,
    `Worker 7_3 of pool "cpu" on n2 was preempted by a job of higher priority`,
    `Worker 7_3 of pool "cpu" on n2 was cancelled by hand`,
    `Worker 7_3 of pool "cpu" on n2 was cancelled by hand (by user 1000)`,
    `Worker 7_3 of pool "cpu" on n2 was ended at the deadline that it was given`,
    `Worker 7_3 of pool "cpu" on n2 failed`,
    `Worker 7_3 of pool "cpu" on n2 ended as SOMETHING_NEW`,
  ]);
  assert.equal(told("COMPLETED"), undefined);
  assert.match(
    told("RESV_DEL_HOLD", [], "Reservation r1 was deleted") ?? "",
    /was cancelled, since Slurm had given up starting it \(Reservation r1 was deleted\)$/,
  );
});

Deno.test("endOf() sees in the log that memory was short where Slurm says FAILED", () => {
  // What slurmstepd 24.11.5 wrote without cgroups, and what it writes with them.
  for (
    const line of [
      "slurmstepd-n2: error: StepId=6.batch exceeded memory limit (117051392 > 104857600), being killed",
      "slurmstepd: error: Detected 1 oom_kill event in StepId=6.batch. Some of the step tasks have been OOM Killed.",
    ]
  ) {
    assert.match(
      told("FAILED", [line], "RaisedSignal:9(Killed)") ?? "",
      /more memory than it may/,
    );
  }
  assert.match(told("FAILED", [], "NonZeroExitCode") ?? "", /failed \(Non/);
});

Deno.test("waitingFor() says what Slurm's reasons mean", () => {
  assert.equal(waitingFor("Resources"), "Resources: no node is free");
  assert.equal(
    waitingFor("ReqNodeNotAvail, UnavailableNodes:n[1-3]"),
    "ReqNodeNotAvail: the nodes that would do are down or reserved",
  );
  assert.equal(
    waitingFor("QOSMaxCpuPerUserLimit"),
    "QOSMaxCpuPerUserLimit: a limit of your account",
  );
  assert.equal(waitingFor("NewReason"), "NewReason");
});
