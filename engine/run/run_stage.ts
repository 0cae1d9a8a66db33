/**
 * Runs one stage and keeps what it made.
 *
 * @module
 */
import type { Crew } from "./workers/crew.ts";
import type { WorkerJob } from "./workers/execute_in_worker.ts";
import type { FetchSource } from "./fetch_source.ts";
import type { Digest } from "../define/hash.ts";
import { digestOfKey, type Key } from "../keys/key.ts";
import type { Stage } from "../define/ref.ts";
import type { Outputs } from "./workers/outputs.ts";
import { secondsBetween } from "../store/record_fields.ts";
import type { StageRecord, Store } from "../store/store.ts";
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
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * Runs a stage and keeps its artifacts, then its record: a record in the store
 * means that its artifacts were complete.
 *
 * @throws {DamagedObjectError} if an input is not what was written
 * @throws {StoreError} if the store cannot be written
 */
export async function runStage(
  stage: Stage,
  options: RunStageOptions,
): Promise<StageRecord> {
  const { key, store, clock } = options;
  const digest = digestOfKey(key);
  const start = clock();
  const made = await call(stage, digest, options);
  const outputs: Record<string, { digest: Digest; bytes: number }> = {};
  for (const [field, bytes] of Object.entries(made)) {
    outputs[field] = {
      digest: await store.putObject(bytes),
      bytes: bytes.length,
    };
  }
  const end = clock();
  const record: StageRecord = {
    key,
    stage: stage.name,
    outputs,
    finishedAt: new Date(end).toISOString(),
    seconds: secondsBetween(start, end),
  };
  await store.putRecord(record);
  await store.dropScratch(digest);
  return record;
}

async function call(
  stage: Stage,
  digest: Digest,
  { key, store, fetch, crew, workers, signal, onProgress }: RunStageOptions,
): Promise<Outputs> {
  const { code, inputs, environment } = key;
  const job: WorkerJob = {
    code,
    request: requestOf(stage, { inputs, environment }),
    context: {
      object: store.object,
      scratch: store.scratch(digest),
      fetch,
      signal,
      onProgress,
    },
  };
  return await crew.bring(job, workers.runTogether);
}
