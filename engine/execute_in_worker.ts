/**
 * Runs one stage in an isolate of its own.
 *
 * @module
 */
import type { Outputs } from "./execute.ts";
import { DamagedObjectError } from "./store.ts";
import type { Progress } from "./task.ts";
import { unreachable } from "./unreachable.ts";
import {
  errorOf,
  type WorkerReply,
  type WorkerRequest,
} from "./worker_protocol.ts";

/**
 * Runs a stage in a new worker and ends the worker.
 *
 * @throws {DamagedObjectError} if an input is not what was written
 * @throws whatever the task throws, with its name, message and stack
 */
export function executeInWorker(
  request: WorkerRequest,
  { signal, onProgress }: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: Progress) => void;
  },
): Promise<Outputs> {
  const { promise, resolve, reject } = Promise.withResolvers<Outputs>();
  signal.throwIfAborted();
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: request.stage,
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
