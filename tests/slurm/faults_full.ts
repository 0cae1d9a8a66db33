/** Kills of workers, nodes, the controller and the run. */
import assert from "node:assert/strict";
import { slurmTest } from "./cluster.ts";
import { FAULTS, killInSlurm } from "./fault_rounds.ts";

const TIMES = 8;

slurmTest(
  "kills of worker, node, controller and run lose nothing, and repeat no more stages than workers died",
  async () => {
    const faults = Array.from({ length: TIMES }, () => FAULTS).flat();
    const { kills, rounds } = await killInSlurm({ faults, seed: 1 });
    assert.equal(kills, faults.length);
    assert.ok(rounds >= 1);
  },
);
