/**
 * What graphs that run side by side share.
 *
 * @module
 */
import type { Digest } from "./hash.ts";
import { slots } from "./slots.ts";
import type { DamagedObjectError, StageRecord } from "./store.ts";

/** Slots to run in, and the stages that run or have run, by key. */
export interface Pool {
  /** Waits for a slot: the first graph is served first, and in it the longest chain. */
  take(
    place: { readonly order: number; readonly height: number },
  ): Promise<Disposable>;
  /** Stages that run now or wait for a slot. */
  readonly running: Map<Digest, Promise<StageRecord | DamagedObjectError>>;
  /** Stages of which an artifact is made again, by key: one graph at a time. */
  readonly mending: Map<Digest, Promise<unknown>>;
  /** Keys whose stage has run: by force it runs once. */
  readonly made: Set<Digest>;
}

/** No chain of stages is as long. */
const HEIGHTS = 2 ** 30;

/**
 * An empty pool.
 *
 * @param jobs how many stages may run at once
 * @throws {RangeError} if that is not a positive integer
 */
export function newPool(jobs: number): Pool {
  const slot = slots(jobs);
  return {
    take: ({ order, height }) => slot.take(height - order * HEIGHTS),
    running: new Map(),
    mending: new Map(),
    made: new Set(),
  };
}
