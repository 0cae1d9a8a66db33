/**
 * Runs one stage in a worker: what is said between sending the request and the
 * answer.
 *
 * @module
 */
import type { Outputs } from "./execute.ts";
import type { Digest } from "./hash.ts";
import type { Progress, Scratch } from "./task.ts";
import { unreachable } from "./unreachable.ts";
import {
  errorOf,
  failureOf,
  type ToWorker,
  type WorkerFailure,
  type WorkerReply,
  type WorkerRequest,
} from "./worker_protocol.ts";

/** What a stage in a worker may use, through the engine. */
export interface WorkerContext {
  /** The checked bytes of an input, which nobody else uses. */
  object(digest: Digest): Promise<Uint8Array<ArrayBuffer>>;
  readonly scratch: Scratch;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

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
export async function executeInWorker(
  request: WorkerRequest,
  { worker, object, scratch, signal, onProgress }: WorkerContext & {
    readonly worker: Worker;
  },
): Promise<WorkerEnd> {
  const digests = Object.values(request.inputs).map(({ digest }) => digest);
  const artifacts = new Map(
    await Promise.all(
      [...new Set(digests)].map(async (digest) =>
        [digest, await object(digest)] as const
      ),
    ),
  );
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<WorkerEnd>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
    switch (data.kind) {
      case "progress":
        return onProgress(data.progress);
      case "done":
        return resolve(data);
      case "load":
        return void answer(data.id, scratch.load());
      case "save":
        return void answer(data.id, scratch.save(data.bytes));
      case "failed":
        return reject(errorIn(data.error));
      default:
        return unreachable(data);
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    resolve({ kind: "died", error: new Error(event.message) });
  };

  async function answer(
    id: number,
    work: Promise<Uint8Array | undefined | void>,
  ): Promise<void> {
    const said = await work.then(
      (bytes): ToWorker => ({ kind: "scratch", id, bytes: bytes ?? undefined }),
      (error): ToWorker => ({ kind: "scratch", id, error: failureOf(error) }),
    );
    worker.postMessage(said);
  }

  const start: ToWorker = { kind: "run", request, artifacts };
  try {
    worker.postMessage(
      start,
      [...artifacts.values()].map(({ buffer }) => buffer),
    );
    return await promise;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** The error of a task; of what Deno refused it, what it reached for. */
function errorIn(failure: WorkerFailure): Error {
  const [, what] = failure.name === "NotCapable"
    ? /^Requires (.*), run again with the --allow-\S+ flag$/
      .exec(failure.message) ?? []
    : [];
  return errorOf(
    what === undefined ? failure : {
      ...failure,
      name: "Error",
      message:
        `it reached for ${what}, and a stage in a worker may use its arguments and its code, nothing else`,
    },
  );
}
