/**
 * The workers of a run: isolates beside the main one, in which stages run one
 * after the other. Starting one costs most of a second of a processor, to load
 * packages and to compile, so that a worker is used again where it may be.
 *
 * @module
 */
import { join } from "node:path";
import { ENGINE_FOLDER } from "../../define/engine_folder.ts";
import type { Outputs } from "./execute.ts";
import {
  executeInWorker,
  type WorkerContext,
  type WorkerEnd,
  type WorkerJob,
} from "./execute_in_worker.ts";
import { MOST_HELD, type WorkerRequest } from "./worker_protocol.ts";

/** What a stage made, and the worker it ran in: that ends when this is disposed of, unless it is kept by all who ran there together. */
export interface WorkerResult extends Disposable {
  readonly outputs: Outputs;
  /** Gives the worker to later stages, if it does not hold too much memory. */
  keep(): void;
}

/** The workers of a run. Disposing of them ends those that wait for a stage. */
export interface Workers extends Disposable {
  /**
   * Runs a stage in a worker that waits for one, or in a new one. The worker
   * ends if this throws.
   *
   * @throws {DamagedObjectError} if an input is not what was written
   * @throws the reason of the signal, when it is raised
   * @throws whatever the task throws, with its name, message and stack
   */
  run(request: WorkerRequest, context: WorkerContext): Promise<WorkerResult>;
  /**
   * Runs stages of one task as one job. What ends one is its result; the worker
   * ends if one fails, or if this throws.
   *
   * @throws the reason of a signal, when it is raised
   */
  runTogether(
    jobs: readonly WorkerJob[],
  ): Promise<readonly PromiseSettledResult<WorkerResult>[]>;
}

/** What {@linkcode newWorkers} needs. */
export interface WorkersOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Paths, relative to the root, of the files that the keys of this run name. */
  code(): Iterable<string>;
}

/** Where an engine is that another project uses from where it lies. */
const OWN_CODE = ENGINE_FOLDER === undefined
  ? []
  : [ENGINE_FOLDER, join(ENGINE_FOLDER, "../node_modules")];

/** Folders that packages are read from; `extras` holds those that are optional. */
const PACKAGES = ["node_modules", "extras"];

/**
 * What a worker may do: read the code that is in the keys, and packages. Inputs
 * are handed to it, what it makes is taken from it, so that it needs neither
 * the store nor a folder to write to. A task that reached for anything else
 * would depend on what is not in its key.
 */
function permissionsOf(
  { root, code }: WorkersOptions,
): Deno.PermissionOptionsObject {
  const files = new Set(
    [...PACKAGES, ...code()].map((path) => join(root, path)),
  );
  return {
    read: [...OWN_CODE, ...files],
    write: false,
    net: false,
    env: false,
    run: false,
    ffi: false,
    sys: false,
    import: false,
  };
}

/** No workers yet. A new one starts only when none waits: there are never more than stages that ran at once. */
export function newWorkers(options: WorkersOptions): Workers {
  const waiting: Worker[] = [];
  let isOpen = true;

  function start(): Worker {
    return new Worker(new URL("./worker.ts", import.meta.url), {
      type: "module",
      deno: { permissions: permissionsOf(options) },
    });
  }

  function wait(worker: Worker): void {
    worker.onmessage = null;
    // A task has left something behind that throws.
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      const place = waiting.indexOf(worker);
      if (place >= 0) waiting.splice(place, 1);
    };
    waiting.push(worker);
  }

  async function runTogether(
    jobs: readonly WorkerJob[],
  ): Promise<readonly PromiseSettledResult<WorkerResult>[]> {
    for (const { context } of jobs) context.signal.throwIfAborted();
    for (;;) {
      const used = waiting.pop();
      const worker = used ?? start();
      try {
        const end = await executeInWorker(jobs, { worker });
        if (end.kind === "ended") return resultsIn(worker, end);
        if (used === undefined) throw end.error;
        worker.terminate(); // an earlier stage may be to blame: try a new one
      } catch (error) {
        worker.terminate();
        throw error;
      }
    }
  }

  return {
    async run(request, context) {
      const [end] = await runTogether([{ request, context }]);
      if (end?.status !== "fulfilled") throw end?.reason;
      return end.value;
    },
    runTogether,
    [Symbol.dispose]() {
      isOpen = false;
      for (const worker of waiting.splice(0)) worker.terminate();
    },
  };

  /** The results of the stages of a worker, which is kept if each of them keeps it. */
  function resultsIn(
    worker: Worker,
    { ends, held }: Extract<WorkerEnd, { kind: "ended" }>,
  ): readonly PromiseSettledResult<WorkerResult>[] {
    let undecided = ends.length;
    let isKept = held <= MOST_HELD;
    function decide(mayWait: boolean): void {
      isKept &&= mayWait;
      if (--undecided > 0) return;
      if (isKept && isOpen) wait(worker);
      else worker.terminate();
    }
    return ends.map((end): PromiseSettledResult<WorkerResult> => {
      if (end.status === "rejected") {
        decide(false);
        return end;
      }
      let isDecided = false;
      const once = (mayWait: boolean) => {
        if (!isDecided) decide(mayWait);
        isDecided = true;
      };
      const value: WorkerResult = {
        outputs: end.value,
        keep: () => once(true),
        [Symbol.dispose]: () => once(false),
      };
      return { status: "fulfilled", value };
    });
  }
}
