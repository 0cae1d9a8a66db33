/**
 * The stages that a worker is at: runs those of a job in one isolate, keeps what
 * they give, and says how far each is and how it ended.
 *
 * @module
 */
import type { Digest } from "../../define/hash.ts";
import { StoreError } from "../../define/error.ts";
import type { Progress, Scratch } from "../../define/task_context.ts";
import { LeaseLostError } from "../../store/lease.ts";
import { DamagedObjectError, type Store } from "../../store/store.ts";
import type { StoreUse } from "../../store/use_store.ts";
import type { WorkerContext, WorkerJob } from "../workers/execute_in_worker.ts";
import { keepResult } from "../workers/keep_result.ts";
import type { Outputs } from "../workers/outputs.ts";
import { failureOf, withModules } from "../workers/worker_protocol.ts";
import type { JobSource, Taken } from "./job_source.ts";
import { type JobWorkers, moduleAt } from "./job_workers.ts";
import { progressNote, WORKER_ROLE } from "./seen_workers.ts";

/** What happens to a stage in a worker. */
export type CrewEvent =
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
  };

/** What running stages takes. */
export interface CrewsOptions {
  /** Folder of the project. */
  readonly root: string;
  readonly store: Store;
  readonly use: Pick<StoreUse, "presence">;
  /** What is said of this worker: job of a scheduler, GPU, device. */
  readonly about: Readonly<Record<string, string>>;
  /** Gets published files. */
  readonly fetch: WorkerContext["fetch"];
  readonly source: Pick<JobSource, "kept" | "stopped" | "conclude">;
  readonly workers: Pick<JobWorkers, "runTogether">;
  /** Raised to end in good order: stages end with their next checkpoint. */
  readonly stop: AbortSignal;
  /** Raised to end at once: of stages nothing is said then. */
  readonly signal: AbortSignal;
  readonly emit: (event: CrewEvent) => void;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** The stages of a worker. */
export interface Crews extends Disposable {
  /** Those that it is at, by key. */
  readonly running: ReadonlyMap<Digest, Taken>;
  /** How many ended, and how. */
  readonly ended: { readonly ran: number; readonly failed: number };
  /**
   * Runs stages as one job.
   *
   * @throws what could not be read or written: of no other stage could it be
   */
  run(crew: readonly Taken[]): Promise<void>;
  /** Ends all that run, which others go on with. */
  stopAll(why: string): void;
}

/** How far stages are is said no more often. */
const SAYING_MILLISECONDS = 1000;

/** Why a stage is stopped that was to be. */
class Stopped extends Error {}

/** Nothing runs yet, and the store is told that a worker is there. */
export function newCrews(options: CrewsOptions): Crews {
  const { root, store, source, workers, stop, signal, emit, clock } = options;
  const running = new Map<Digest, Taken>();
  const progress = new Map<Digest, Progress>();
  const ended = { ran: 0, failed: 0 };
  let saying: ReturnType<typeof setTimeout> | undefined;
  /** Why something could not be read or written. */
  let unkept: unknown;

  function say(): void {
    clearTimeout(saying);
    saying = undefined;
    options.use.presence.say({
      ...options.about,
      role: WORKER_ROLE,
      stages: [...running.keys()].join(" "),
      ...progressNote(progress),
    });
  }

  /** Notes that something could not be read or written, which an isolate does not hand back. */
  async function kept<T>(access: Promise<T>): Promise<T> {
    return await access.catch((error) => {
      unkept ??= error;
      throw error;
    });
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
        signal: AbortSignal.any([signal, end.signal, lease.lost]),
        onProgress(now) {
          progress.set(name.key, now);
          saying ??= setTimeout(say, SAYING_MILLISECONDS);
          emit({ kind: "work-progress", stage, progress: now });
        },
      },
    };
  }

  /** What came of stages that are run as one job. */
  async function resultsOf(
    crew: readonly Taken[],
  ): Promise<readonly PromiseSettledResult<Outputs>[]> {
    try {
      const [{ job }] = crew as [Taken];
      for (const { job } of crew) {
        emit({ kind: "work-started", stage: job.stage });
      }
      const unsaved = new Set(crew.map(({ name }) => name.key));
      return await workers.runTogether(
        job,
        crew.map((taken) => workOf(taken, unsaved)),
      );
    } catch (reason) {
      return crew.map(() => ({ status: "rejected", reason }));
    }
  }

  /** Keeps what a stage gave, or says why it gave nothing. */
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
      if (signal.aborted) return;
      const spent = (clock() - start) / 1000;
      const error = thrown instanceof Stopped
        ? await source.stopped(taken, spent) ?? thrown
        : thrown;
      if (error instanceof Stopped || error instanceof LeaseLostError) {
        return emit({ kind: "work-stopped", stage, why: error.message });
      }
      ended.failed++;
      const failure = error instanceof Error ? error : new Error(String(error));
      emit({ kind: "work-failed", stage, error: failure });
      // The system let nothing be read or written, elsewhere it might: that is
      // no fault of the stage, which is left to others.
      const isOfSystem = error instanceof StoreError &&
        error.cause !== undefined;
      if (isOfSystem) unkept ??= error;
      if (unkept !== undefined) throw unkept;
      const damaged = error instanceof DamagedObjectError
        ? { digest: error.digest, state: error.state }
        : undefined;
      return await source.conclude(taken, {
        failure: failureOf(failure),
        damaged,
      });
    }
    ended.ran++;
    emit({ kind: "work-finished", stage, seconds });
    await source.conclude(taken, {});
  }

  say();
  return {
    running,
    ended,

    async run(crew) {
      for (const taken of crew) running.set(taken.name.key, taken);
      say();
      const start = clock();
      const results = await resultsOf(crew);
      const faults: unknown[] = [];
      for (const [i, taken] of crew.entries()) {
        const result = results[i] as PromiseSettledResult<Outputs>;
        using _lease = taken.lease;
        running.delete(taken.name.key);
        progress.delete(taken.name.key);
        await settle(taken, { result, start })
          .catch((error) => faults.push(error));
      }
      say();
      if (faults.length > 0) throw faults[0];
    },

    stopAll(why) {
      for (const { end } of running.values()) end.abort(new Stopped(why));
    },

    [Symbol.dispose]: () => clearTimeout(saying),
  };
}
