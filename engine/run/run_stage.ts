/**
 * Runs one stage and keeps what it made.
 *
 * @module
 */
import type { CodeReader } from "../keys/code.ts";
import type { Crew } from "./workers/crew.ts";
import { StageError } from "../define/error.ts";
import { execute, type Outputs } from "./workers/execute.ts";
import type { WorkerJob } from "./workers/execute_in_worker.ts";
import type { FetchSource } from "./fetch_source.ts";
import type { Node } from "./graph.ts";
import type { Digest } from "../define/hash.ts";
import { digestOfKey, type Key } from "../keys/key.ts";
import type { Stage } from "../define/ref.ts";
import { codeOf, type StaticKey } from "../keys/static_key.ts";
import { secondsBetween } from "../store/record_fields.ts";
import type { StageRecord, Store } from "../store/store.ts";
import type { Progress } from "../define/task_context.ts";
import { requestOf } from "./workers/worker_protocol.ts";
import type { WorkerResult, Workers } from "./workers/workers.ts";

/** What a running stage needs. */
export interface RunStageOptions {
  readonly key: Key;
  /** The key of every stage, without its inputs. */
  readonly keys: ReadonlyMap<Stage, StaticKey>;
  readonly workers: Workers;
  /** The stages that run with this one as one job. */
  readonly crew: Crew<WorkerJob, WorkerResult>;
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
  node: Node,
  options: RunStageOptions,
): Promise<StageRecord> {
  const { stage } = node;
  const { key, store, clock } = options;
  const digest = digestOfKey(key);
  const start = clock();
  const made = stage.task.runsIn === "worker"
    ? await callInWorker(node, digest, options)
    : await callHere(stage, digest, options);
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

async function callHere(
  stage: Stage,
  digest: Digest,
  options: RunStageOptions,
): Promise<Outputs> {
  const { key, store, fetch, signal, onProgress } = options;
  const outputs = await execute(stage, {
    store,
    inputs: key.inputs,
    context: {
      signal,
      environment: key.environment,
      scratch: store.scratch(digest),
      progress: onProgress,
      fetch: (source) => fetch(source, signal),
    },
  });
  await checkCode(stage, { key, fresh: options.freshCode() });
  return outputs;
}

async function callInWorker(
  { stage, inputs: uses }: Node,
  digest: Digest,
  options: RunStageOptions,
): Promise<Outputs> {
  const { key, keys, store, workers, crew, signal, onProgress } = options;
  const { inputs, environment } = key;
  const job: WorkerJob = {
    request: requestOf(stage, { inputs, environment }),
    context: {
      object: store.object,
      scratch: store.scratch(digest),
      signal,
      onProgress,
    },
  };
  using result = await crew.bring(job, workers.runTogether);
  const fresh = options.freshCode();
  await checkCode(stage, { key, fresh });
  // The worker has loaded this stage's code and, for their codecs, that of the
  // stages before it. It is used again only if that is the code in the keys.
  const changes = await Promise.allSettled(
    uses.map(({ stage }) =>
      changedCode(stage, { code: keys.get(stage)?.code ?? {}, fresh })
    ),
  );
  const isOld = changes.every((change) =>
    change.status === "fulfilled" && change.value.length === 0
  );
  if (isOld) result.keep();
  return result.outputs;
}

/** A result of code that changed while it ran belongs to no key. */
async function checkCode(
  stage: Stage,
  { key: { code }, fresh }: { readonly key: Key; readonly fresh: CodeReader },
): Promise<void> {
  const changed = await changedCode(stage, { code, fresh });
  if (changed.length > 0) {
    throw new StageError(
      stage.name,
      `Cannot keep the result of stage "${stage.name}": ${
        changed.join(", ")
      } changed while it ran; run again`,
    );
  }
}

/** Paths of files of a stage's code that are not what its key says. */
async function changedCode(
  stage: Stage,
  { code, fresh }: {
    readonly code: Readonly<Record<string, Digest>>;
    readonly fresh: CodeReader;
  },
): Promise<readonly string[]> {
  const { files } = await codeOf(stage, fresh);
  return Object.keys({ ...code, ...files })
    .filter((path) => code[path] !== files[path]);
}
