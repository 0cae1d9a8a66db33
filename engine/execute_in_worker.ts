/**
 * Runs one stage in a worker: what is said between sending the request and the
 * answer.
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

/** How a stage in a worker ended, if its task did not throw. */
export type WorkerEnd =
  | {
    readonly kind: "done";
    readonly outputs: Outputs;
    /** Bytes that the worker still holds. */
    readonly held: number;
  }
  /** Something was thrown outside of the task, e.g. by a timer. */
  | { readonly kind: "died"; readonly error: Error };

/**
 * Runs a stage in a worker that does nothing else. If this throws, the worker
 * may still be at work, and must be ended.
 *
 * @throws {DamagedObjectError} if an input is not what was written
 * @throws the reason of the signal, when it is raised
 * @throws whatever the task throws, with its name, message and stack
 */
export function executeInWorker(
  request: WorkerRequest,
  { worker, signal, onProgress }: {
    readonly worker: Worker;
    readonly signal: AbortSignal;
    readonly onProgress: (progress: Progress) => void;
  },
): Promise<WorkerEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<WorkerEnd>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
    switch (data.kind) {
      case "progress":
        return onProgress(data.progress);
      case "done":
        return resolve(data);
      case "damaged":
        return reject(new DamagedObjectError(data.digest, data.state));
      case "failed":
        return reject(errorOf(data.error));
      default:
        return unreachable(data);
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    resolve({ kind: "died", error: new Error(event.message) });
  };
  try {
    worker.postMessage(request);
  } catch (error) {
    reject(error);
  }
  return promise.finally(() => signal.removeEventListener("abort", abort));
}
