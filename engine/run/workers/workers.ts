/**
 * The workers of a run: isolates beside the main one, in which stages run one
 * after the other. Starting one costs a tenth of a second of a processor, and
 * more than one where tensors are computed, to load and to compile, so that a
 * worker is used again.
 *
 * @module
 */
import { join } from "node:path";
import { ENGINE_FOLDER } from "../../define/engine_folder.ts";
import { SourceUnavailableError } from "../../define/error.ts";
import type { CodeSnapshot } from "./code_snapshot.ts";
import type { Outputs } from "./outputs.ts";
import {
  executeInWorker,
  readInputs,
  type WorkerJob,
} from "./execute_in_worker.ts";
import { unlessGone } from "../../store/disk_entry.ts";
import { GoneError } from "../../store/gone_store.ts";
import { withModules } from "./worker_protocol.ts";

/** The workers of a run. Disposing of them ends those that wait for a stage. */
export interface Workers extends Disposable {
  /**
   * Waits until the code of all stages is where they will load it.
   *
   * @throws {StoreError} if it is not any more what it was in the keys
   */
  ready(): Promise<void>;
  /**
   * Runs a stage in a worker that waits for one, or in a new one. The worker
   * ends if this throws.
   *
   * @throws {DamagedObjectError} if an input is not what was written
   * @throws {GoneError} if the code that it loads was removed
   * @throws the reason of the signal, when it is raised
   * @throws whatever the task throws, with its name, message and stack
   */
  run(job: WorkerJob): Promise<Outputs>;
  /**
   * Runs stages of one task as one job. What ends one is its result; the worker
   * ends if one fails, or if this throws.
   *
   * @throws the reason of a signal, when it is raised
   */
  runTogether(
    jobs: readonly WorkerJob[],
  ): Promise<readonly PromiseSettledResult<Outputs>[]>;
}

/** The code that workers load. */
export interface WorkerCode {
  readonly copies: CodeSnapshot;
  /** Paths of all that is copied. */
  readonly paths: readonly string[];
  /** Paths of the code of {@linkcode WORKER}, which every stage may load. */
  readonly own: readonly string[];
}

/** What {@linkcode newWorkers} needs. */
export interface WorkersOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Lays out the code that stages load, and {@linkcode WORKER}. Asked once, and again after it failed. */
  snapshot(): Promise<WorkerCode>;
  /** Whether a worker may run several stages, one after the other: modules hold what a stage leaves in them. */
  readonly reuse: boolean;
}

/** URL of the module that every worker starts with. */
export const WORKER: string = import.meta.resolve("./worker.ts");

/** Whether a stage ended as its code meant it to: done, or because it was told that its source cannot be had. */
function isOrderly(end: PromiseSettledResult<Outputs>): boolean {
  return end.status === "fulfilled" ||
    end.reason instanceof SourceUnavailableError;
}

/**
 * Tells code that was removed from code that fails.
 *
 * @throws {GoneError} naming the first file that is not there any more
 */
function refuseGoneCode(files: readonly string[]): void {
  for (const path of files) {
    if (unlessGone(() => Deno.statSync(path)) !== undefined) continue;
    throw new GoneError(
      `Cannot go on: "${path}" was removed, which stages are run from; finished stages are kept, run the command again`,
    );
  }
}

/** Folders that packages are read from: the project's, and those of an engine that lies elsewhere. */
function packageFolders(root: string): readonly string[] {
  return [
    root,
    ...ENGINE_FOLDER === undefined ? [] : [join(ENGINE_FOLDER, "..")],
  ]
    .map((folder) => join(folder, "node_modules"));
}

/** No workers yet. A new one starts only when none waits: there are never more than stages that ran at once. */
export function newWorkers(
  { root, snapshot, reuse }: WorkersOptions,
): Workers {
  /** Those without a stage, and whether they can run another. */
  const waiting = new Map<Worker, Promise<boolean>>();
  const files = new WeakMap<WorkerJob["code"], readonly string[]>();
  /** What each worker has last been told that it may load. */
  const told = new WeakMap<Worker, readonly string[]>();
  let isOpen = true;
  let taken: Promise<WorkerCode> | undefined;
  const code = () =>
    taken ??= snapshot().catch((error) => {
      taken = undefined; // the next stage tries again
      throw error;
    });

  /**
   * A worker that may read the code of the run and packages; of the code each
   * stage sees its own (`seal/own_files.ts`). Inputs are handed to it, what it
   * makes is taken from it, so that it needs neither the store nor a folder to
   * write to. A task that reached for anything else would depend on what is not
   * in its key.
   */
  function start({ copies, paths }: WorkerCode): Worker {
    return new Worker(copies.urlOf(WORKER), {
      type: "module",
      deno: {
        permissions: {
          read: [...packageFolders(root), ...paths.map(copies.pathOf)],
          write: false,
          net: false,
          env: false,
          run: false,
          ffi: false,
          sys: false,
          import: false,
        },
      },
    });
  }

  function wait(worker: Worker, isFit: Promise<boolean>): void {
    const { onerror } = worker;
    // A task has left something behind that throws.
    worker.onerror = (event) => {
      event.preventDefault();
      onerror?.call(worker, event);
      waiting.delete(worker);
      worker.terminate();
    };
    waiting.set(worker, isFit);
    // It may hold a gigabyte, and others that wait may be taken before it.
    isFit.then((fit) => {
      if (!fit && waiting.delete(worker)) worker.terminate();
    });
  }

  async function take(): Promise<Worker | undefined> {
    for (const [worker, isFit] of waiting) {
      waiting.delete(worker);
      if (await isFit) return worker;
      worker.terminate();
    }
    return undefined;
  }

  /** The copies of some code, and of that of workers; most stages share a closure. */
  function filesOf(
    code: WorkerJob["code"],
    { copies, own }: WorkerCode,
  ): readonly string[] {
    return files.getOrInsertComputed(
      code,
      () => [...own, ...Object.keys(code)].map(copies.pathOf),
    );
  }

  async function runTogether(
    jobs: readonly WorkerJob[],
  ): Promise<readonly PromiseSettledResult<Outputs>[]> {
    for (const { context } of jobs) context.signal.throwIfAborted();
    const all = await code();
    const { copies } = all;
    const [first = [], ...others] = jobs.map(({ code }) => filesOf(code, all));
    const loadable = others.every((files) => files === first)
      ? first
      : [first, ...others].flat();
    const copied = jobs.map((job) => ({
      ...job,
      request: withModules(job.request, copies.urlOf),
    }));
    for (;;) {
      // Read before: nobody would hear that a worker that is taken dies.
      const inputs = await readInputs(copied);
      const used = await take();
      if (used === undefined) refuseGoneCode(loadable);
      const worker = used ?? start(all);
      const isTold = told.get(worker) === loadable;
      told.set(worker, loadable);
      try {
        const end = await executeInWorker(copied, {
          worker,
          inputs,
          folder: copies.folder,
          files: isTold ? undefined : loadable,
          original: copies.original,
        });
        if (end.kind === "ended") {
          const { ends, isFit } = end;
          if (!ends.every(isOrderly)) refuseGoneCode(loadable);
          if (reuse && ends.every(isOrderly) && isOpen) wait(worker, isFit);
          else worker.terminate();
          return ends;
        }
        if (used === undefined) {
          refuseGoneCode(loadable);
          throw end.error;
        }
        worker.terminate(); // an earlier stage may be to blame: try a new one
      } catch (error) {
        worker.terminate();
        throw error;
      }
    }
  }

  return {
    async ready() {
      await code();
    },
    async run(job) {
      const [end] = await runTogether([job]);
      if (end?.status !== "fulfilled") throw end?.reason;
      return end.value;
    },
    runTogether,
    [Symbol.dispose]() {
      isOpen = false;
      for (const worker of waiting.keys()) worker.terminate();
    },
  };
}
