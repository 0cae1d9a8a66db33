/**
 * How many workers a pool should have.
 *
 * @module
 */

/** What there is to do for a pool. */
export interface Demand {
  /** Stages whose inputs are there and that nobody runs. */
  readonly ready: number;
  /** Stages that workers run. */
  readonly running: number;
}

/** What a pool has. */
export interface Supply {
  /** Workers that wait in Slurm's queue, or whose submission is not settled. */
  readonly pending: number;
  /** Workers that run, or may. */
  readonly running: number;
}

/**
 * How many more workers to ask for. While some wait in the queue, not before as
 * many again are missing as there are: the number of submissions then grows as
 * the logarithm of the number of workers, however stages trickle in.
 */
export function missingWorkers(
  demand: Demand,
  { supply, jobs, most }: {
    readonly supply: Supply;
    /** How many stages a worker runs at once. */
    readonly jobs: number;
    /** How many workers there may be. */
    readonly most: number;
  },
): number {
  if (demand.ready === 0) return 0;
  const wanted = Math.min(
    most,
    Math.ceil((demand.ready + demand.running) / jobs),
  );
  const have = supply.pending + supply.running;
  const missing = wanted - have;
  const least = supply.pending > 0 ? have : 1;
  return missing >= least ? Math.max(0, missing) : 0;
}
