/**
 * Stages that workers make, on whatever machines: writes them into the queue of
 * the store, and waits until their records are there.
 *
 * @module
 */
import type { Digest } from "../../define/hash.ts";
import type { Progress } from "../../define/task_context.ts";
import type { WorkedBy } from "../../store/historic_run.ts";
import type { Sighting } from "../../store/presence.ts";
import { DamagedObjectError, type StageRecord } from "../../store/store.ts";
import { pause } from "../../store/pause.ts";
import type { StoreUse } from "../../store/use_store.ts";
import { errorOf } from "../workers/worker_protocol.ts";
import { nameOfJob, newJobWriter, type WantedStage } from "./job_writer.ts";
import {
  type JobCode,
  type JobEnd,
  type JobName,
  queueFiles,
} from "./queue_files.ts";
import { isOtherRun, workersAmong } from "./seen_workers.ts";
import { byOf, placeOf } from "./worked_by.ts";

/** A stage for whoever takes it. */
export interface QueuedStage extends WantedStage {
  /** Its record, if the store has it with all that it names. */
  readonly made: () => StageRecord | undefined;
  /** Called when a worker is seen at it, each time by another. */
  readonly onStart: (by: WorkedBy) => void;
  /** Called with how far it is, as workers say. */
  readonly onProgress: (progress: Progress) => void;
}

/** A stage that a worker has made. */
export interface WorkedStage {
  readonly record: StageRecord;
  /** Who made it, if that was said. */
  readonly by: WorkedBy;
}

/** The queue of a run. */
export interface StageQueue {
  /**
   * Has a stage made; takes it back if the signal is raised while no worker is
   * at it.
   *
   * @throws {DamagedObjectError} if an input is not what was written
   * @throws whatever the task throws, and the reason of the signal
   */
  make(stage: QueuedStage): Promise<WorkedStage>;
}

/** Between two looks at the queue: while something happens, and while nothing does. */
const LEAST_PAUSE_MILLISECONDS = 50;
const MOST_PAUSE_MILLISECONDS = 1000;

/** After so many looks in a row that failed, about a minute, there is no point in more: file systems are away for a moment. */
const MOST_FAILURES = 60;

/** All that waits is compared again after so many times what that takes: of thousands of stages it is longer than a stage. */
const REST_TIMES = 20;

/** Records looked for in one look besides what the queue says: a run of another kind may make them. */
const LOOKED_FOR = 50;

interface Waiting extends QueuedStage {
  readonly name: JobName;
  /** Ids of the workers that were seen at it. */
  readonly seen: Set<string>;
  /** What was last told of its progress. */
  told?: string;
  resolve(made: WorkedStage): void;
  reject(error: unknown): void;
}

/**
 * A queue for the stages of one run.
 *
 * @param folder folder of the store
 */
export function openStageQueue(
  folder: string,
  { root, use, code }: {
    /** Folder of the project. */
    readonly root: string;
    readonly use: StoreUse;
    /** All code of the run, with digests of bytes. */
    readonly code: () => Promise<JobCode>;
  },
): StageQueue {
  const files = queueFiles(folder);
  const jobs = newJobWriter(files, { root, use, code });
  const waiting = new Map<Digest, Waiting>();
  const heard = new WeakSet<AbortSignal>();
  let isWatched = false;
  let [comparedAt, restFor] = [-Infinity, 0];
  /** Ids of the other runs that were seen at the last look. */
  let runs: ReadonlySet<string> = new Set();

  /** Fails what waits when its signal is raised: one listener for all stages of a run. */
  function hear(signal: AbortSignal): void {
    if (heard.has(signal)) return;
    heard.add(signal);
    signal.addEventListener("abort", () => {
      for (const one of [...waiting.values()]) {
        if (one.signal === signal) fail(one, signal.reason);
      }
    }, { once: true });
  }

  /** Takes notice of how a job ended, if that was said. */
  async function settleEnded(one: Waiting): Promise<boolean> {
    const { key } = one.name;
    const end = files.end(key);
    if (end === undefined) return false;
    // Of a stage that failed others that wait have to hear; whoever asks for it anew removes that.
    const isToStay = end.failure !== undefined && end.damaged === undefined;
    if (!isToStay) await files.removeEnd(key);
    // One of another checkout may have made it.
    await files.removeJob(one.name);
    settle(one, end);
    return true;
  }

  /** Looks once for news. @returns whether anything happened */
  async function look(): Promise<boolean> {
    let isNews = false;
    for (const key of files.ended()) {
      const one = waiting.get(key);
      if (one !== undefined && await settleEnded(one)) isNews = true;
    }
    const others = use.presence.others();
    const start = performance.now();
    // A run that was stopped has taken back what it wanted as well.
    if (isAnyGone(others)) comparedAt = -Infinity;
    if (start - comparedAt > restFor) {
      isNews = await compare() || isNews;
      comparedAt = performance.now();
      restFor = REST_TIMES * (comparedAt - start);
    }
    for (const worker of workersAmong(others)) {
      if (!worker.isAlive) continue;
      for (const key of worker.stages) {
        const one = waiting.get(key);
        const progress = worker.progress.get(key);
        if (one === undefined) continue;
        if (!one.seen.has(worker.id)) {
          one.seen.add(worker.id);
          one.onStart(byOf(worker));
          isNews = true;
        }
        if (progress !== undefined) tellProgress(one, progress);
      }
    }
    return isNews;
  }

  /** Whether a run has ended that was there at the last look. */
  function isAnyGone(others: readonly Sighting[]): boolean {
    const before = runs;
    runs = new Set(others.filter(isOtherRun).map(({ id }) => id));
    return [...before].some((id) => !runs.has(id));
  }

  /** Compares all that is waited for with what is in the queue. @returns whether anything happened */
  async function compare(): Promise<boolean> {
    let isNews = false;
    const taken = use.taken();
    const queued = new Set(files.jobs().map(({ key }) => key));
    let looked = 0;
    for (const [key, one] of [...waiting]) {
      if (!waiting.has(key)) continue; // its signal was raised meanwhile
      const isGone = !queued.has(key);
      if (isGone && await settleEnded(one)) {
        isNews = true;
        continue;
      }
      // Of one that a worker is at it will say more than the record does.
      if (!isGone && (one.replace || taken.has(key))) continue;
      if (!isGone && ++looked > LOOKED_FOR) continue;
      const record = one.replace ? undefined : one.made();
      if (record !== undefined) {
        isNews = true;
        await files.removeJob(one.name);
        finish(one, { record, by: {} });
      } else if (isGone) await jobs.put(one);
      else {
        // Others have their turn to be looked for the next time.
        waiting.delete(key);
        waiting.set(key, one);
      }
    }
    return isNews;
  }

  function tellProgress(one: Waiting, progress: Progress): void {
    const text = JSON.stringify(progress);
    if (text !== one.told) one.onProgress(progress);
    one.told = text;
  }

  function settle(one: Waiting, { by, failure, damaged }: JobEnd): void {
    if (one.seen.size === 0) one.onStart(by);
    if (damaged !== undefined) {
      const { digest, state } = damaged;
      fail(one, new DamagedObjectError(digest, state));
    } else if (failure !== undefined) {
      const place = placeOf(by);
      const message = place === ""
        ? failure.message
        : `${failure.message} (${place})`;
      fail(one, errorOf({ ...failure, message }));
    } else {
      const record = one.made();
      // Said and not there: then it is not true, and is compared again.
      if (record !== undefined) finish(one, { record, by });
    }
  }

  function finish(one: Waiting, made: WorkedStage): void {
    waiting.delete(one.name.key);
    one.resolve(made);
  }

  function fail(one: Waiting, error: unknown): void {
    waiting.delete(one.name.key);
    one.reject(error);
  }

  /** Looks for as long as anything is waited for. */
  async function watch(): Promise<void> {
    if (isWatched) return;
    isWatched = true;
    let wait = LEAST_PAUSE_MILLISECONDS;
    let failures = 0;
    const tryLook = async () => {
      try {
        const isNews = await look();
        failures = 0;
        return isNews;
      } catch (error) {
        if (++failures === MOST_FAILURES) throw error;
        return false;
      }
    };
    try {
      while (waiting.size > 0) {
        wait = await tryLook()
          ? LEAST_PAUSE_MILLISECONDS
          : Math.min(1.3 * wait, MOST_PAUSE_MILLISECONDS);
        if (waiting.size > 0) await pause(wait);
      }
    } catch (error) {
      for (const one of [...waiting.values()]) fail(one, error);
    } finally {
      isWatched = false;
    }
  }

  return {
    async make(stage) {
      const { promise, resolve, reject } = Promise.withResolvers<WorkedStage>();
      const name = nameOfJob(stage, { root });
      const one: Waiting = {
        ...stage,
        name,
        seen: new Set(),
        resolve,
        reject,
      };
      hear(stage.signal);
      try {
        await jobs.putInTurn(one);
        stage.signal.throwIfAborted();
        waiting.set(name.key, one);
        void watch();
        return await promise;
      } finally {
        if (stage.signal.aborted && !use.taken().has(name.key)) {
          await files.removeJob(name);
        }
      }
    },
  };
}
