/**
 * Workers in a real Slurm for which a line of shell stands in.
 *
 * @module
 */
import { join } from "node:path";
import { type Fleet, openFleet } from "../../engine/run/slurm/fleet.ts";
import { pilotScript } from "../../engine/run/slurm/pilot_script.ts";
import { DEFAULT_POOL, type Pool } from "../../engine/run/slurm/pools.ts";
import type { PoolState } from "../../engine/run/slurm/roster.ts";
import type { Demand } from "../../engine/run/slurm/sizing.ts";
import type {
  RunSlurm,
  SlurmProgram,
} from "../../engine/run/slurm/slurm_command.ts";
import { type Cluster, until } from "./cluster.ts";
import { countedSlurm } from "./counted_slurm.ts";

/** A pool of them. */
export const POOL: Pool = {
  ...DEFAULT_POOL,
  name: "cpu",
  cpus: 1,
  jobs: 1,
  memory: "100M",
};

/** What there is to do. */
export const demand = (ready: number, running = 0): Demand => ({
  ready,
  running,
});

/** A fleet whose workers are a line of shell, and what was heard of it. */
export interface ToyFleet {
  readonly fleet: Fleet;
  /** Tends it once. */
  tend(work: Demand, done?: number): Promise<boolean>;
  readonly notes: readonly string[];
  readonly states: readonly PoolState[];
  readonly counts: Partial<Record<SlurmProgram, number>>;
  /** Folder of its store. */
  readonly store: string;
  /** What its pool has. */
  now(): PoolState | undefined;
}

/** A fleet whose workers are a line of shell. */
export function fleetOf(
  cluster: Cluster,
  {
    line,
    pool = POOL,
    extra = [],
    clock = Date.now,
    store: name = "store",
    slurm: commands = cluster.slurm,
  }: {
    readonly line: string;
    /** Name of the folder of its store. */
    readonly store?: string;
    readonly pool?: Pool;
    readonly extra?: readonly string[];
    readonly clock?: () => number;
    /** What stands in for the commands of the cluster. */
    readonly slurm?: RunSlurm;
  },
): ToyFleet {
  const store = join(cluster.folder, name);
  const notes: string[] = [];
  const states: PoolState[] = [];
  const { slurm, counts } = countedSlurm(commands);
  const fleet = openFleet({
    store,
    pools: [pool],
    extra,
    largestArray: 101,
    slurm,
    clock,
    script: (one, folder) =>
      pilotScript(one, { folder, worker: ["sh", "-c", line] }),
    onNote: (message, more = []) => notes.push(message, ...more),
    onState: ([state]) => state && states.push(state),
  });
  const tend = (work: Demand, done = 0) =>
    fleet.tend(new Map([[pool.name, work]]), done);
  const now = () => states.at(-1);
  return { fleet, tend, notes, states, counts, store, now };
}

/** Tends a fleet until it is so. */
export function tendUntil(
  tend: () => ReturnType<Fleet["tend"]>,
  isSo: () => boolean,
): Promise<void> {
  return until(async () => {
    await tend();
    return isSo();
  });
}
