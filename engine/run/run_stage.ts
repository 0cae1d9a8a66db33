/**
 * Runs one stage and keeps what it made.
 *
 * @module
 */
import type { Crew } from "./workers/crew.ts";
import type { WorkerJob } from "./workers/execute_in_worker.ts";
import type { FetchSource } from "./fetch_source.ts";
import { digestOfKey, type Key } from "../keys/key.ts";
import type { Stage } from "../define/ref.ts";
import { keepResult } from "./workers/keep_result.ts";
import type { Outputs } from "./workers/outputs.ts";
import type { Store } from "../store/store.ts";
import type { Progress } from "../define/task_context.ts";
import { requestOf } from "./workers/worker_protocol.ts";
import type { Workers } from "./workers/workers.ts";

/** What a running stage needs. */
export interface RunStageOptions {
  readonly key: Key;
  readonly workers: Workers;
  /** The stages that run with this one as one job. */
  readonly crew: Crew<WorkerJob, Outputs>;
  readonly store: Store;
  /** Gets published files. */
  readonly fetch: FetchSource;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Whether a record of the stage that is there, since it was forced to run or lacks artifacts, goes. */
  readonly replace: boolean;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * Runs a stage and keeps what it made, as {@linkcode keepResult} says.
 *
 * @throws {DamagedObjectError} if an input is not what was written
 * @throws {StoreError} if the store cannot be written
 */
export async function runStage(
  stage: Stage,
  options: RunStageOptions,
): ReturnType<typeof keepResult> {
  const start = options.clock();
  const made = await call(stage, options);
  return await keepResult(made, { ...options, stage: stage.name, start });
}

async function call(
  stage: Stage,
  { key, store, fetch, crew, workers, signal, onProgress }: RunStageOptions,
): Promise<Outputs> {
  const { code, inputs, environment } = key;
  const job: WorkerJob = {
    code,
    request: requestOf(stage, { inputs, environment }),
    context: {
      object: store.object,
      scratch: store.scratch(digestOfKey(key)),
      fetch,
      signal,
      onProgress,
    },
  };
  return await crew.bring(job, workers.runTogether);
}
