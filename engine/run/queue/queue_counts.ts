/**
 * How many stages of the queue of a store wait, and how many are with workers.
 *
 * @module
 */
import type { StoreUse } from "../../store/use_store.ts";
import type { QueueFiles } from "./queue_files.ts";

/** How many stages wait for a worker, and how many are with one that lives. */
export interface QueueCounts {
  readonly ready: number;
  readonly running: number;
}

/**
 * Counts of a queue by the device that stages need, `any` where that is none.
 *
 * @param options.checkout whose stages are counted; all are if it is left out
 */
export function queueCounts(
  queue: Pick<QueueFiles, "jobs">,
  use: Pick<StoreUse, "held">,
  { checkout }: { readonly checkout?: string } = {},
): ReadonlyMap<string, QueueCounts> {
  // The dead keep their leases until somebody takes these over.
  const held = use.held();
  const counts = new Map<string, QueueCounts>();
  for (const { device, key, ...name } of queue.jobs()) {
    if (name.checkout !== (checkout ?? name.checkout)) continue;
    const { ready, running } = counts.get(device) ?? { ready: 0, running: 0 };
    counts.set(
      device,
      held.has(key)
        ? { ready, running: running + 1 }
        : { ready: ready + 1, running },
    );
  }
  return counts;
}
