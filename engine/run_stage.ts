/**
 * Runs one stage and keeps what it made.
 *
 * @module
 */
import type { CodeReader } from "./code.ts";
import { StageError } from "./error.ts";
import { execute, type Outputs } from "./execute.ts";
import { executeInWorker } from "./execute_in_worker.ts";
import type { FetchSource } from "./fetch_source.ts";
import type { Digest } from "./hash.ts";
import { codeOf, digestOfKey, type Key } from "./key.ts";
import type { Stage } from "./ref.ts";
import type { StageRecord, Store } from "./store.ts";
import type { Progress } from "./task.ts";
import { requestOf } from "./worker_protocol.ts";

/** What a running stage needs. */
export interface RunStageOptions {
  readonly key: Key;
  /** Folder of the project. */
  readonly root: string;
  readonly store: Store;
  /** Gets published files. */
  readonly fetch: FetchSource;
  readonly signal: AbortSignal;
  /** Reads the code afresh, to see whether it changed under the running stage. */
  readonly freshCode: () => CodeReader;
  readonly onProgress: (progress: Progress) => void;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * Runs a stage and keeps its artifacts, then its record: a record in the store
 * means that its artifacts were complete.
 *
 * @throws {DamagedObjectError} if an input is not what was written
 * @throws {StageError} if its code changed while it ran
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
  await checkCode(stage, options);
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
    seconds: Math.max(0, end - start) / 1000, // a clock may be set back
  };
  await store.putRecord(record);
  await store.dropScratch(digest);
  return record;
}

function call(
  stage: Stage,
  digest: Digest,
  { key, root, store, fetch, signal, onProgress }: RunStageOptions,
): Promise<Outputs> {
  const { inputs, environment } = key;
  if (stage.task.runsIn === "worker") {
    const request = requestOf(stage, {
      inputs,
      environment,
      store: store.folder,
      key: digest,
    });
    return executeInWorker(request, { root, signal, onProgress });
  }
  return execute(stage, {
    store,
    inputs,
    context: {
      signal,
      environment,
      scratch: store.scratch(digest),
      progress: onProgress,
      fetch: (source) => fetch(source, signal),
    },
  });
}

/** A result of code that changed while it ran belongs to no key. */
async function checkCode(
  stage: Stage,
  { key, freshCode }: RunStageOptions,
): Promise<void> {
  const { files } = await codeOf(stage, freshCode());
  const changed = Object.keys({ ...key.code, ...files })
    .filter((path) => key.code[path] !== files[path]);
  if (changed.length > 0) {
    throw new StageError(
      stage.name,
      `Cannot keep the result of stage "${stage.name}": ${
        changed.join(", ")
      } changed while it ran; run again`,
    );
  }
}
