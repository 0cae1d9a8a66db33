/** Workers in a real Slurm, for which a line of shell stands in. */
import assert from "node:assert/strict";
import type { Demand } from "../../engine/run/slurm/sizing.ts";
import { openSubmissions } from "../../engine/run/slurm/submission.ts";
import { slurmTest, startCluster } from "./cluster.ts";
import { demand, fleetOf, tendUntil } from "./toy_fleet.ts";

slurmTest(
  "openFleet() asks once for many workers, which lie on several nodes and leave",
  async () => {
    await using cluster = await startCluster();
    const { now, counts, states, notes, store, ...toys } = fleetOf(cluster, {
      line: "sleep 1",
    });
    let looks = 0;
    const tend = (work: Demand) => {
      looks++;
      return toys.tend(work);
    };
    await tend(demand(6));
    assert.equal(openSubmissions(store).length, 1);
    await tendUntil(() => tend(demand(0, 6)), () => now()?.pending === 0);
    assert.ok((now()?.nodes.length ?? 0) >= 2, JSON.stringify(states));
    await tendUntil(() => tend(demand(0)), () => now()?.running === 0);
    assert.equal(counts.sbatch, 1);
    // One for all workers, each time that they are looked at.
    assert.ok((counts.squeue ?? 0) <= looks, `${counts.squeue} of ${looks}`);
    assert.deepEqual(notes, []);
    assert.deepEqual(openSubmissions(store), []);
  },
);
