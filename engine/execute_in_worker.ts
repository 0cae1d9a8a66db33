/**
 * Runs one stage in an isolate of its own.
 *
 * @module
 */
import { join } from "node:path";
import type { Outputs } from "./execute.ts";
import { DamagedObjectError } from "./store.ts";
import type { Progress } from "./task.ts";
import { unreachable } from "./unreachable.ts";
import {
  errorOf,
  type WorkerReply,
  type WorkerRequest,
} from "./worker_protocol.ts";

/** The folder above this one: code that another project may use from where it lies. */
const OWN_CODE = import.meta.dirname === undefined
  ? []
  : [join(import.meta.dirname, "..")];

/**
 * What a worker may do: read code and packages, read and write the store. The
 * main isolate may do more, so that it can fetch published files; a task that
 * reached for anything else would depend on what is not in its key.
 */
function permissionsOf(
  { root, store }: { readonly root: string; readonly store: string },
): Deno.PermissionOptionsObject {
  return {
    read: [...OWN_CODE, root, store],
    write: [store],
    net: false,
    env: false,
    run: false,
    ffi: false,
    sys: false,
    import: false,
  };
}

/**
 * Runs a stage in a new worker and ends the worker.
 *
 * @throws {DamagedObjectError} if an input is not what was written
 * @throws whatever the task throws, with its name, message and stack
 */
export function executeInWorker(
  request: WorkerRequest,
  { root, signal, onProgress }: {
    /** Folder of the project. */
    readonly root: string;
    readonly signal: AbortSignal;
    readonly onProgress: (progress: Progress) => void;
  },
): Promise<Outputs> {
  const { promise, resolve, reject } = Promise.withResolvers<Outputs>();
  signal.throwIfAborted();
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: request.stage,
    deno: { permissions: permissionsOf({ root, store: request.store }) },
  });
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
    switch (data.kind) {
      case "progress":
        return onProgress(data.progress);
      case "done":
        return resolve(data.outputs);
      case "damaged":
        return reject(new DamagedObjectError(data.digest, data.state));
      case "failed":
        return reject(errorOf(data.error));
      default:
        return unreachable(data);
    }
  };
  // What is thrown outside the task, e.g. by an import with a syntax error.
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  try {
    worker.postMessage(request);
  } catch (error) {
    reject(error);
  }
  return promise.finally(() => {
    signal.removeEventListener("abort", abort);
    worker.terminate();
  });
}
