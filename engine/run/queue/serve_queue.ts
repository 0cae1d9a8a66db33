/**
 * A worker: takes stages from the queue of a store and runs them, until nothing
 * is left for it or it is told to stop.
 *
 * @module
 */
import { readPackageLock } from "../../keys/packages.ts";
import type { WorkedBy } from "../../store/historic_run.ts";
import { type CrewEvent, type CrewsOptions, newCrews } from "./crews.ts";
import { newJobSource } from "./job_source.ts";
import { newJobWorkers, type WorkPlace } from "./job_workers.ts";
import { queueFiles } from "./queue_files.ts";

/** What happens in a worker. */
export type WorkEvent =
  | CrewEvent
  /** Something to know of jobs that are left alone, said once. */
  | { readonly kind: "work-left"; readonly message: string };

/** How a worker is to work. */
export interface ServeOptions
  extends
    Omit<WorkPlace, "store" | "lock">,
    Pick<CrewsOptions, "store" | "about" | "fetch" | "clock"> {
  /** How many stages may run at once. */
  readonly jobs: number;
  /** Seconds without anything to do after which it ends; never unless given. */
  readonly idle?: number | undefined;
  /** Seconds from now in which it must have ended: what is known to take longer is not begun after a tenth of them. */
  readonly timeLeft?: number | undefined;
  /** What helps against stages that take longer, in words. */
  readonly wayOut?: string | undefined;
  /** Seconds that running stages have for their next checkpoint once `stop` is raised, given its reason. */
  readonly grace: (reason: unknown) => number;
  /** Raised to end in good order: nothing is begun, stages end with their next checkpoint. */
  readonly stop: AbortSignal;
  /** Raised to end at once. */
  readonly signal: AbortSignal;
  readonly by: WorkedBy;
  readonly emit: (event: WorkEvent) => void;
}

/** What a worker did. */
export interface Served {
  readonly ran: number;
  readonly failed: number;
  /** Whether jobs were left that it might have run. */
  readonly isLeft: boolean;
}

const LEAST_PAUSE_MILLISECONDS = 50;
const MOST_PAUSE_MILLISECONDS = 1000;

/**
 * Works for a store.
 *
 * @throws the reason of `signal`
 * @throws {StoreError} if the store cannot be read or written from here; stages
 * of which that was so stay in the queue
 * @throws {Error} if it leaves without having run anything, though jobs are
 * left that are for its device: it would make other keys
 */
export async function serveQueue(options: ServeOptions): Promise<Served> {
  const { root, store, jobs, idle = Infinity, stop, emit } = options;
  const queue = queueFiles(store.folder);
  const place: WorkPlace = {
    ...options,
    store: store.folder,
    lock: await readPackageLock(root),
  };
  using workers = newJobWorkers(queue, place);
  const source = newJobSource(queue, {
    ...place,
    store,
    workers,
    by: options.by,
    timeLeft: options.timeLeft,
    wayOut: options.wayOut,
    clock: options.clock,
    tell: (message) => emit({ kind: "work-left", message }),
  });
  const ends = AbortSignal.any([options.signal, options.use.presence.lost]);
  using crews = newCrews({ ...options, source, workers, signal: ends });
  const { running, ended } = crews;
  const working = new Set<Promise<void>>();
  /** What keeps this process from running any stage. */
  let fault: unknown;
  let changed = Promise.withResolvers<void>();
  const wake = () => changed.resolve();

  /** Waits until something happens here, or so many milliseconds. */
  async function nap(milliseconds: number): Promise<void> {
    const timer = setTimeout(wake, milliseconds);
    await changed.promise;
    clearTimeout(timer);
    changed = Promise.withResolvers();
  }

  let patience: ReturnType<typeof setTimeout> | undefined;
  const stopAll = () => {
    const seconds = options.grace(stop.reason);
    patience = setTimeout(
      () => crews.stopAll(`it saved nothing within ${seconds} s`),
      1000 * seconds,
    );
    wake();
  };
  stop.addEventListener("abort", stopAll, { once: true });
  ends.addEventListener("abort", wake, { once: true });
  if (stop.aborted) stopAll();
  try {
    let lastWork = performance.now();
    let wait = LEAST_PAUSE_MILLISECONDS;
    while (!stop.aborted) {
      ends.throwIfAborted();
      if (fault !== undefined) throw fault;
      const crew = running.size < jobs ? await source.take(running) : [];
      if (stop.aborted) {
        for (const { lease } of crew) lease[Symbol.dispose]();
        break;
      }
      if (crew.length > 0) {
        const done = crews.run(crew).catch((error) => fault = error)
          .finally(() => {
            lastWork = performance.now(); // the last look may be a second ago
            working.delete(done);
            wake();
          });
        working.add(done);
        wait = LEAST_PAUSE_MILLISECONDS;
      }
      if (working.size > 0) lastWork = performance.now();
      else if (performance.now() - lastWork > 1000 * idle) break;
      if (crew.length > 0 && running.size < jobs) continue;
      await nap(wait);
      wait = Math.min(1.3 * wait, MOST_PAUSE_MILLISECONDS);
    }
    await Promise.all(working);
    if (fault !== undefined) throw fault;
    ends.throwIfAborted();
    const refused = stop.aborted || ended.ran + ended.failed > 0
      ? undefined
      : source.refused();
    if (refused !== undefined) {
      throw new Error(`Cannot work for this store: ${refused}`);
    }
  } finally {
    await Promise.allSettled(working); // which a signal may still end
    stop.removeEventListener("abort", stopAll);
    clearTimeout(patience);
  }
  return { ...ended, isLeft: source.isLeft() };
}
