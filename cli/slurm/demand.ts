/**
 * How the stages in a queue are shared among pools.
 *
 * @module
 */
import type { QueueCounts } from "../../engine/run/queue/queue_counts.ts";
import type { Pool } from "../../engine/run/slurm/pools.ts";
import type { Demand } from "../../engine/run/slurm/sizing.ts";

/**
 * What there is to do for each pool. The first pool takes what any worker can
 * run, and each what names its device; of pools alike the second takes what the
 * first has no room for.
 *
 * @param counts by device, `any` where stages name none
 * @param options.device what pools compute on that name none
 */
export function demandOf(
  counts: ReadonlyMap<string, QueueCounts>,
  { pools, device }: {
    readonly pools: readonly Pool[];
    readonly device: string;
  },
): ReadonlyMap<string, Demand> {
  const left = new Map(counts);
  return new Map(pools.map(({ name, workers, jobs, ...pool }) => {
    const room = workers * jobs;
    let [ready, running] = [0, 0];
    for (const kind of [pool.device ?? device, "any"]) {
      const there = left.get(kind);
      if (there === undefined) continue;
      const atWork = Math.min(there.running, room - running);
      const taken = Math.min(there.ready, room - running - atWork - ready);
      left.set(kind, {
        ready: there.ready - taken,
        running: there.running - atWork,
      });
      ready += taken;
      running += atWork;
    }
    return [name, { ready, running }];
  }));
}

/**
 * Why stages of a run that wait will never run: none of its pools computes on
 * their device; `undefined` if one does, or none waits.
 *
 * @param options.device what the run computes on, and pools that name none
 */
export function unservedIn(
  counts: ReadonlyMap<string, QueueCounts>,
  { pools, device }: {
    readonly pools: readonly Pool[];
    readonly device: string;
  },
): string | undefined {
  const isServed = pools.some((pool) => (pool.device ?? device) === device);
  if (isServed || (counts.get(device)?.ready ?? 0) === 0) return undefined;
  const others = pools.map((pool) => `"${pool.name}" on "${pool.device}"`);
  return `Cannot go on: stages of this run are for device "${device}", and no pool computes on it (${
    others.join(", ")
  }); add a pool with "device": "${device}", or name the device of one with --device`;
}
