/**
 * Tending a fleet for as long as a run lasts: seldom while nothing changes, so
 * that Slurm's controller hears little of it.
 *
 * @module
 */
import { pause } from "../../store/pause.ts";
import type { Fleet } from "./fleet.ts";
import type { Demand } from "./sizing.ts";

/** What there is to do, and how much was done. */
export interface Work {
  /** By the names of pools. */
  readonly pools: ReadonlyMap<string, Demand>;
  /** How many stages have ended so far. */
  readonly done: number;
}

/** Between two looks, in milliseconds. */
const LEAST_WAIT = 2_000;
const MOST_WAIT = 30_000;
const GROWTH = 1.5;

/**
 * Tends a fleet until a signal is raised.
 *
 * @param options.work what there is to do now
 * @param options.pause waits so many milliseconds, or until the signal
 * @throws {Error} if a pool that is needed has no worker and gets none
 */
export async function tendFleet(
  fleet: Fleet,
  { work, signal, pause = pauseUntil }: {
    readonly work: () => Work;
    readonly signal: AbortSignal;
    readonly pause?: (
      milliseconds: number,
      signal: AbortSignal,
    ) => Promise<void>;
  },
): Promise<void> {
  let wait = LEAST_WAIT;
  while (!signal.aborted) {
    const { pools, done } = work();
    const isNew = await fleet.tend(pools, done);
    wait = isNew ? LEAST_WAIT : Math.min(GROWTH * wait, MOST_WAIT);
    const idle = new Set(
      [...pools].flatMap(([pool, { ready }]) => ready === 0 ? [pool] : []),
    );
    for (let waited = 0; waited < wait && !signal.aborted;) {
      await pause(LEAST_WAIT, signal);
      waited += LEAST_WAIT;
      // Whoever had nothing to do may have left.
      const isWorkNew = [...work().pools].some(([pool, { ready }]) =>
        ready > 0 && idle.has(pool)
      );
      if (isWorkNew) break;
    }
  }
}

async function pauseUntil(milliseconds: number, signal: AbortSignal) {
  await pause(milliseconds, signal).catch(() => {}); // the signal is looked at next
}
