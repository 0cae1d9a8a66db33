/**
 * Stages that workers make, on whatever machines: writes them into the queue of
 * the store, and waits until their records are there.
 *
 * @module
 */
import { join } from "node:path";
import { StoreError } from "../../define/error.ts";
import { type Digest, digestOf, digestOfJson } from "../../define/hash.ts";
import type { Stage } from "../../define/ref.ts";
import type { Progress } from "../../define/task_context.ts";
import { digestOfKey, type Key } from "../../keys/key.ts";
import type { WorkedBy } from "../../store/historic_run.ts";
import { DamagedObjectError, type StageRecord } from "../../store/store.ts";
import { pause, type StoreUse } from "../../store/use_store.ts";
import { groupOf } from "../workers/pool.ts";
import { errorOf, requestOf, withModules } from "../workers/worker_protocol.ts";
import {
  type JobCode,
  type JobEnd,
  type JobName,
  queueFiles,
} from "./queue_files.ts";
import { pathOfModule } from "./job_workers.ts";
import { byOf, placeOf, seenWorkers } from "./queue_status.ts";

/** A stage for whoever takes it. */
export interface QueuedStage {
  readonly stage: Stage;
  readonly key: Key;
  /** Stages on the longest way from here to an output. */
  readonly height: number;
  /** Seconds that it took when it last ran, if that is known. */
  readonly seconds: number | undefined;
  /** Whether it runs though its record is there. */
  readonly replace: boolean;
  /** Its record, if the store has it with all that it names. */
  readonly made: () => StageRecord | undefined;
  /** Called when a worker is seen at it, each time by another. */
  readonly onStart: (by: WorkedBy) => void;
  /** Called with how far it is, as workers say. */
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
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
  const waiting = new Map<Digest, Waiting>();
  let isWatched = false;
  let kept: Promise<Digest> | undefined;

  /** Keeps the code of the run where workers find it. */
  async function keepCode(): Promise<Digest> {
    const all = await code();
    for (const [path, digest] of Object.entries(all.files)) {
      if (files.hasCode(digest)) continue;
      const bytes = await Deno.readFile(join(root, path)).catch(() =>
        undefined
      );
      if (bytes === undefined || digestOf(bytes) !== digest) {
        throw new StoreError(
          `Cannot run: "${path}" changed while the run was starting; run the command again`,
        );
      }
      await files.putCode(bytes);
    }
    return await files.putCode(new TextEncoder().encode(JSON.stringify(all)));
  }

  function nameOf({ stage, key, height, seconds = 0 }: QueuedStage): JobName {
    const { device = "any" } = key.environment as { readonly device?: string };
    const group = groupOf(stage, key);
    return {
      height,
      seconds,
      device: device.replaceAll(/[^\w-]/g, "-"),
      group: group === undefined
        ? "0"
        : digestOfJson("group", group.name).slice(0, 12),
      key: digestOfKey(key),
    };
  }

  async function put({ stage, key, name, replace }: Waiting): Promise<void> {
    const { inputs, environment } = key;
    const request = requestOf(stage, { inputs, environment });
    await files.putJob(name, {
      stage: stage.name,
      key,
      request: withModules(request, (module) => pathOfModule(module, root)),
      code: await (kept ??= keepCode()),
      most: groupOf(stage, key)?.most ?? 1,
      replace,
    });
  }

  /** Takes notice of how a job ended, if that was said. */
  async function settleEnded(one: Waiting): Promise<boolean> {
    const { key } = one.name;
    const end = files.end(key);
    if (end === undefined) return false;
    await files.removeEnd(key);
    settle(one, end);
    return true;
  }

  /** Looks once at all that is waited for. @returns whether anything happened */
  async function look(): Promise<boolean> {
    let isNews = false;
    for (const key of files.ended()) {
      const one = waiting.get(key);
      if (one !== undefined && await settleEnded(one)) isNews = true;
    }
    const taken = use.taken();
    const queued = new Set(files.jobs().map(({ key }) => key));
    let looked = 0;
    for (const [key, one] of [...waiting]) {
      const isGone = !queued.has(key);
      if (isGone && await settleEnded(one)) {
        isNews = true;
        continue;
      }
      // Of one that a worker is at it will say more than the record does.
      if (!isGone && (one.replace || taken.has(key))) continue;
      if (!isGone && ++looked > LOOKED_FOR) continue;
      const record = one.made();
      if (record !== undefined) {
        isNews = true;
        await files.removeJob(one.name);
        finish(one, { record, by: {} });
      } else if (isGone) await put(one);
      else {
        // Others have their turn to be looked for the next time.
        waiting.delete(key);
        waiting.set(key, one);
      }
    }
    for (const worker of seenWorkers(use)) {
      if (!worker.isAlive) continue;
      for (const key of worker.stages) {
        const one = waiting.get(key);
        const progress = worker.progress.get(key);
        if (one === undefined) continue;
        if (progress !== undefined) tellProgress(one, progress);
        if (one.seen.has(worker.id)) continue;
        one.seen.add(worker.id);
        one.onStart(byOf(worker));
        isNews = true;
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
      // Said and not there: then it is not true, and the stage waits again.
      if (record === undefined) void put(one).catch((e) => fail(one, e));
      else finish(one, { record, by });
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
    try {
      while (waiting.size > 0) {
        wait = await look()
          ? LEAST_PAUSE_MILLISECONDS
          : Math.min(1.3 * wait, MOST_PAUSE_MILLISECONDS);
        await pause(wait);
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
      const name = nameOf(stage);
      const one: Waiting = {
        ...stage,
        name,
        seen: new Set(),
        resolve,
        reject,
      };
      const abort = () => fail(one, stage.signal.reason);
      stage.signal.addEventListener("abort", abort, { once: true });
      try {
        await files.removeEnd(name.key);
        await put(one);
        stage.signal.throwIfAborted();
        waiting.set(name.key, one);
        void watch();
        return await promise;
      } finally {
        stage.signal.removeEventListener("abort", abort);
        if (stage.signal.aborted && !use.taken().has(name.key)) {
          await files.removeJob(name);
        }
      }
    },
  };
}
