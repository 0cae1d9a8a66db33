/**
 * A worker: takes stages from the queue of a store and runs them, until nothing
 * is left for it or it is told to stop.
 *
 * @module
 */
import type { Digest } from "../../define/hash.ts";
import { StoreError } from "../../define/error.ts";
import type { Progress, Scratch } from "../../define/task_context.ts";
import { readPackageLock } from "../../keys/packages.ts";
import { LeaseLostError } from "../../store/lease.ts";
import type { WorkedBy } from "../../store/historic_run.ts";
import { DamagedObjectError, type Store } from "../../store/store.ts";
import type { WorkerContext, WorkerJob } from "../workers/execute_in_worker.ts";
import { keepResult } from "../workers/keep_result.ts";
import type { Outputs } from "../workers/outputs.ts";
import { failureOf, withModules } from "../workers/worker_protocol.ts";
import { newJobSource, type Taken } from "./job_source.ts";
import { moduleAt, newJobWorkers, type WorkPlace } from "./job_workers.ts";
import { queueFiles } from "./queue_files.ts";
import { progressNote, WORKER_ROLE } from "./seen_workers.ts";

/** What happens in a worker. */
export type WorkEvent =
  | { readonly kind: "work-started"; readonly stage: string }
  | {
    readonly kind: "work-progress";
    readonly stage: string;
    readonly progress: Progress;
  }
  | {
    readonly kind: "work-finished";
    readonly stage: string;
    readonly seconds: number;
  }
  | {
    readonly kind: "work-failed";
    readonly stage: string;
    readonly error: Error;
  }
  /** It stopped before its end; its checkpoint is kept. */
  | {
    readonly kind: "work-stopped";
    readonly stage: string;
    readonly why: string;
  }
  /** Something to know of jobs that are left alone, said once. */
  | { readonly kind: "work-left"; readonly message: string };

/** How a worker is to work. */
export interface ServeOptions extends Omit<WorkPlace, "store" | "lock"> {
  readonly store: Store;
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
  /** Gets published files. */
  readonly fetch: WorkerContext["fetch"];
  /** Raised to end in good order: nothing is begun, stages end with their next checkpoint. */
  readonly stop: AbortSignal;
  /** Raised to end at once. */
  readonly signal: AbortSignal;
  /** What is said of this worker: job of a scheduler, GPU, device. */
  readonly about: Readonly<Record<string, string>>;
  readonly by: WorkedBy;
  readonly emit: (event: WorkEvent) => void;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
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

/** How far stages are is said no more often. */
const SAYING_MILLISECONDS = 1000;

/** Whether the system let nothing be read or written: elsewhere it might. */
function isOfSystem(error: unknown): boolean {
  return error instanceof StoreError && error.cause !== undefined;
}

/** Why a stage is stopped that was to be. */
class Stopped extends Error {}

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
  const { root, store, use, jobs, idle, signal, stop, emit, clock } = options;
  const queue = queueFiles(store.folder);
  const place: WorkPlace = {
    ...options,
    store: store.folder,
    lock: await readPackageLock(root),
  };
  using workers = newJobWorkers(queue, place);
  const ends = AbortSignal.any([signal, use.presence.lost]);
  const running = new Map<Digest, Taken>();
  const progress = new Map<Digest, Progress>();
  let saying: ReturnType<typeof setTimeout> | undefined;
  const working = new Set<Promise<void>>();
  let [ran, failed, fault]: [number, number, unknown] = [0, 0, undefined];
  const source = newJobSource(queue, {
    ...place,
    store,
    workers,
    by: options.by,
    timeLeft: options.timeLeft,
    wayOut: options.wayOut,
    clock,
    tell: (message) => emit({ kind: "work-left", message }),
  });
  /** Why something could not be read or written. */
  let unkept: unknown;
  let changed = Promise.withResolvers<void>();
  const wake = () => changed.resolve();

  /** Waits until something happens here, or so many milliseconds. */
  async function nap(milliseconds: number): Promise<void> {
    const timer = setTimeout(wake, milliseconds);
    await changed.promise;
    clearTimeout(timer);
    changed = Promise.withResolvers();
  }

  function say(): void {
    clearTimeout(saying);
    saying = undefined;
    use.presence.say({
      ...options.about,
      role: WORKER_ROLE,
      stages: [...running.keys()].join(" "),
      ...progressNote(progress),
    });
  }

  /** Notes that something could not be read or written, which an isolate does not hand back: of no other stage could it be then. */
  async function kept<T>(access: Promise<T>): Promise<T> {
    return await access.catch((error) => {
      unkept ??= error;
      throw error;
    });
  }

  /** Says within a second how far a stage is. */
  function note(key: Digest, now: Progress): void {
    progress.set(key, now);
    saying ??= setTimeout(say, SAYING_MILLISECONDS);
  }

  /** Keeps checkpoints; once it is to stop, a job ends when all its stages have saved the next one. */
  function scratchOf(taken: Taken, unsaved: Set<Digest>): Scratch {
    const { name, end } = taken;
    const scratch = store.scratch(name.key);
    return {
      load: () => kept(scratch.load()),
      async save(bytes) {
        await kept(scratch.save(bytes).then(() => source.kept(taken)));
        if (!stop.aborted) return;
        unsaved.delete(name.key);
        if (unsaved.size === 0) {
          end.abort(new Stopped("its checkpoint is kept"));
        }
      },
    };
  }

  function workOf(taken: Taken, unsaved: Set<Digest>): WorkerJob {
    const { name, job: { key, stage, request }, end, lease } = taken;
    return {
      code: key.code,
      request: withModules(request, (path) => moduleAt(path, root)),
      context: {
        object: store.object,
        scratch: scratchOf(taken, unsaved),
        fetch: options.fetch,
        signal: AbortSignal.any([ends, end.signal, lease.lost]),
        onProgress(progress) {
          note(name.key, progress);
          emit({ kind: "work-progress", stage, progress });
        },
      },
    };
  }

  /** Runs stages as one job, and says how each ended. */
  async function work(crew: readonly Taken[]): Promise<void> {
    const start = clock();
    let results: readonly PromiseSettledResult<Outputs>[];
    try {
      const [{ job }] = crew as [Taken];
      for (const { job } of crew) {
        emit({ kind: "work-started", stage: job.stage });
      }
      const unsaved = new Set(crew.map(({ name }) => name.key));
      results = await workers.runTogether(
        job,
        crew.map((taken) => workOf(taken, unsaved)),
      );
    } catch (reason) {
      results = crew.map(() => ({ status: "rejected", reason }));
    }
    const faults: unknown[] = [];
    for (const [i, taken] of crew.entries()) {
      const result = results[i] as PromiseSettledResult<Outputs>;
      using _lease = taken.lease;
      running.delete(taken.name.key);
      progress.delete(taken.name.key);
      await settle(taken, { result, start })
        .catch((error) => faults.push(error));
    }
    if (faults.length > 0) throw faults[0];
  }

  async function settle(
    taken: Taken,
    { result, start }: {
      readonly result: PromiseSettledResult<Outputs>;
      readonly start: number;
    },
  ): Promise<void> {
    const { replace, job: { stage, key } } = taken;
    let seconds: number;
    try {
      if (result.status === "rejected") throw result.reason;
      const { record } = await kept(keepResult(result.value, {
        stage,
        key,
        store,
        start,
        clock,
        replace,
      }));
      seconds = record.seconds;
    } catch (thrown) {
      if (ends.aborted) return;
      const spent = (clock() - start) / 1000;
      const error = thrown instanceof Stopped
        ? await source.stopped(taken, spent) ?? thrown
        : thrown;
      if (error instanceof Stopped || error instanceof LeaseLostError) {
        return emit({ kind: "work-stopped", stage, why: error.message });
      }
      failed++;
      const failure = error instanceof Error ? error : new Error(String(error));
      emit({ kind: "work-failed", stage, error: failure });
      // It is no fault of the stage: that is left to others.
      if (isOfSystem(error)) unkept ??= error;
      if (unkept !== undefined) throw unkept;
      const damaged = error instanceof DamagedObjectError
        ? { digest: error.digest, state: error.state }
        : undefined;
      return await source.conclude(taken, {
        failure: failureOf(failure),
        damaged,
      });
    }
    ran++;
    emit({ kind: "work-finished", stage, seconds });
    await source.conclude(taken, {});
  }

  let patience: ReturnType<typeof setTimeout> | undefined;
  const stopAll = () => {
    const seconds = options.grace(stop.reason);
    patience = setTimeout(() => {
      for (const { end } of running.values()) {
        end.abort(new Stopped(`it saved nothing within ${seconds} s`));
      }
    }, 1000 * seconds);
    wake();
  };
  stop.addEventListener("abort", stopAll, { once: true });
  ends.addEventListener("abort", wake, { once: true });
  if (stop.aborted) stopAll();
  say();
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
        for (const taken of crew) running.set(taken.name.key, taken);
        say();
        const done = work(crew).catch((error) => fault = error).finally(() => {
          lastWork = performance.now(); // the last look may be a second ago
          working.delete(done);
          say();
          wake();
        });
        working.add(done);
        wait = LEAST_PAUSE_MILLISECONDS;
      }
      if (working.size > 0) lastWork = performance.now();
      else if (performance.now() - lastWork > 1000 * (idle ?? Infinity)) break;
      if (crew.length > 0 && running.size < jobs) continue;
      await nap(wait);
      wait = Math.min(1.3 * wait, MOST_PAUSE_MILLISECONDS);
    }
    await Promise.all(working);
    if (fault !== undefined) throw fault;
    ends.throwIfAborted();
    const refused = stop.aborted || ran + failed > 0
      ? undefined
      : source.refused();
    if (refused !== undefined) {
      throw new Error(`Cannot work for this store: ${refused}`);
    }
  } finally {
    await Promise.allSettled(working); // which a signal may still end
    stop.removeEventListener("abort", stopAll);
    clearTimeout(patience);
    clearTimeout(saying);
  }
  return { ran, failed, isLeft: source.isLeft() };
}
