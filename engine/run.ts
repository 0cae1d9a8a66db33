/**
 * Runs a graph: makes every artifact that the store does not hold yet.
 *
 * @module
 */
import type { CodeReader } from "./code.ts";
import type { Cause } from "./cause.ts";
import { decide } from "./decide.ts";
import { StageError, UpstreamError } from "./error.ts";
import type { Event } from "./event.ts";
import { execute, type Outputs } from "./execute.ts";
import { executeInWorker } from "./execute_in_worker.ts";
import type { Graph, Node } from "./graph.ts";
import type { Digest } from "./hash.ts";
import { digestOfKey, type Key, type KeyContext, staticKeyOf } from "./key.ts";
import type { Stage } from "./ref.ts";
import { slots } from "./slots.ts";
import { DamagedObjectError, type StageRecord, type Store } from "./store.ts";
import type { TaskContext } from "./task.ts";
import { requestOf } from "./worker_protocol.ts";

/** How to run. */
export interface RunOptions extends KeyContext {
  readonly graph: Graph;
  readonly store: Store;
  /** Under which the keys of this run are remembered, e.g. `spurious-tint.smoke`. */
  readonly name: string;
  /** Names of stages that run whatever the store holds. */
  readonly force: ReadonlySet<string>;
  /** How many stages may run at once. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Reads the code afresh, to see whether it changed under a running stage. */
  readonly freshCode: () => CodeReader;
  readonly emit: (event: Event) => void;
  /** Milliseconds since some fixed moment. */
  readonly clock: () => number;
}

/** What a run did. */
export interface RunResult {
  /** The record of each stage that has an artifact, by name. */
  readonly records: ReadonlyMap<string, StageRecord>;
  /** Names of stages that ran, in the order in which they finished. */
  readonly ran: readonly string[];
  readonly failures: readonly StageError[];
  /**
   * The record of a stage, made again after its artifact was found damaged.
   *
   * @throws {StageError} if it cannot be made
   */
  remake(stage: Stage, damage: DamagedObjectError): Promise<StageRecord>;
}

/** Runs a graph. Failures are returned, not thrown; what does not depend on them still runs. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { graph, store, emit, signal } = options;
  const slot = slots(options.jobs);
  const last: Record<string, Digest> = {
    ...await store.lastKeys(options.name),
  };
  const ran: string[] = [];
  const failures: StageError[] = [];
  const records = new Map<string, StageRecord>();
  const ensured = new Map<Stage, Promise<StageRecord>>();
  const fixedKeys = new Map(
    await Promise.all(
      graph.nodes.map(async ({ stage }) =>
        [stage, await staticKeyOf(stage, options)] as const
      ),
    ),
  );

  function ensure(stage: Stage): Promise<StageRecord> {
    let found = ensured.get(stage);
    if (found === undefined) {
      const forced = options.force.has(stage.name);
      ensured.set(stage, found = make(graph.node(stage), { forced }));
      found.catch(() => {}); // seen by whoever awaits it
    }
    return found;
  }

  /** Makes a stage's artifact, going back to its producers when one of theirs proves damaged. */
  async function make(
    node: Node,
    { forced }: { readonly forced: boolean },
  ): Promise<StageRecord> {
    const { stage } = node;
    for (let attempt = 1;; attempt++) {
      const key = await keyOf(node);
      const decision = await decide(node, {
        store,
        key,
        last: last[stage.name],
        forced,
      });
      if (decision.kind === "cached") {
        emit({ kind: "stage-cached", stage: stage.name });
        return await remember(stage, decision.record);
      }
      const { causes } = decision;
      const made = await attemptStage(node, { key, causes });
      if (!(made instanceof DamagedObjectError)) return made;
      const producer = producerOf(node, key, made.digest);
      if (producer === undefined || attempt === 3) throw fail(stage, made);
      await remake(producer, made);
    }
  }

  /** Runs a stage in a slot; a damaged input is a result, everything else that goes wrong is thrown. */
  async function attemptStage(
    node: Node,
    { key, causes }: { readonly key: Key; readonly causes: readonly Cause[] },
  ): Promise<StageRecord | DamagedObjectError> {
    const { stage } = node;
    using _slot = await slot.take(node.height);
    try {
      signal.throwIfAborted();
      emit({ kind: "stage-started", stage: stage.name, causes });
      return await remember(stage, await runStage(stage, key));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof DamagedObjectError) return error;
      throw fail(stage, error);
    }
  }

  /** The key, once all producers are done. */
  async function keyOf(node: Node): Promise<Key> {
    const made = await Promise.allSettled(
      node.inputs.map((input) => ensure(input.stage)),
    );
    const inputs: Record<string, Digest> = {};
    node.inputs.forEach(({ path, stage, field }, i) => {
      const result = made[i];
      const digest = result?.status === "fulfilled"
        ? result.value.outputs[field]?.digest
        : undefined;
      if (digest === undefined) {
        throw new UpstreamError(
          `Cannot run stage "${node.stage.name}": stage "${stage.name}" failed`,
        );
      }
      inputs[path] = digest;
    });
    const fixed = fixedKeys.get(node.stage);
    if (fixed === undefined) throw new TypeError("Cannot key a foreign stage");
    return { ...fixed, inputs };
  }

  async function runStage(stage: Stage, key: Key): Promise<StageRecord> {
    const start = options.clock();
    const digest = digestOfKey(key);
    const outputs = await call(stage, key, digest);
    await checkCode(stage, key);
    const kept: Record<string, { digest: Digest; bytes: number }> = {};
    for (const [field, bytes] of Object.entries(outputs)) {
      kept[field] = {
        digest: await store.putObject(bytes),
        bytes: bytes.length,
      };
    }
    const record: StageRecord = {
      key,
      stage: stage.name,
      outputs: kept,
      finishedAt: new Date(options.clock()).toISOString(),
      seconds: (options.clock() - start) / 1000,
    };
    const before = await previous(stage);
    await store.putRecord(record);
    await store.dropScratch(digest);
    ran.push(stage.name);
    emit({
      kind: "stage-finished",
      stage: stage.name,
      seconds: record.seconds,
      bytes: Object.values(kept).reduce((sum, { bytes }) => sum + bytes, 0),
      unchanged: before !== undefined && sameOutputs(before, record),
    });
    return record;
  }

  function call(stage: Stage, key: Key, digest: Digest): Promise<Outputs> {
    const onProgress: TaskContext["progress"] = (progress) =>
      emit({ kind: "stage-progress", stage: stage.name, progress });
    if (stage.task.runsIn === "worker") {
      const request = requestOf(stage, {
        inputs: key.inputs,
        store: store.folder,
        key: digest,
        environment: key.environment,
      });
      return executeInWorker(request, { signal, onProgress });
    }
    return execute(stage, {
      store,
      inputs: key.inputs,
      context: {
        signal,
        environment: key.environment,
        scratch: store.scratch(digest),
        progress: onProgress,
      },
    });
  }

  /** A result of code that changed while it ran belongs to no key. */
  async function checkCode(stage: Stage, key: Key): Promise<void> {
    const now = await staticKeyOf(stage, {
      ...options,
      code: options.freshCode(),
    });
    const changed = Object.keys({ ...key.code, ...now.code })
      .filter((path) => key.code[path] !== now.code[path]);
    if (changed.length > 0) {
      throw new StageError(
        stage.name,
        `Cannot keep the result of stage "${stage.name}": ${
          changed.join(", ")
        } changed while it ran; run again`,
      );
    }
  }

  async function previous(stage: Stage): Promise<StageRecord | undefined> {
    const digest = last[stage.name];
    return digest === undefined ? undefined : await store.record(digest);
  }

  let writing: Promise<void> = Promise.resolve();

  async function remember(
    { name }: Stage,
    record: StageRecord,
  ): Promise<StageRecord> {
    const digest = digestOfKey(record.key);
    records.set(name, record);
    if (last[name] !== digest) {
      last[name] = digest;
      // One after the other, so that the newest is the one that stays.
      writing = writing.then(() => store.putLastKeys(options.name, last));
      await writing;
    }
    return record;
  }

  function fail(stage: Stage, error: unknown): StageError {
    const failure = error instanceof StageError ? error : new StageError(
      stage.name,
      `Cannot complete stage "${stage.name}": ${
        error instanceof Error ? error.message : String(error)
      }`,
      { cause: error },
    );
    failures.push(failure);
    emit({ kind: "stage-failed", stage: stage.name, error: failure });
    return failure;
  }

  function producerOf(
    node: Node,
    key: Key,
    damaged: Digest,
  ): Stage | undefined {
    return node.inputs.find(({ path }) => key.inputs[path] === damaged)?.stage;
  }

  async function remake(
    stage: Stage,
    damage: DamagedObjectError,
  ): Promise<StageRecord> {
    const record = await ensure(stage);
    const field = Object.entries(record.outputs)
      .find(([, { digest }]) => digest === damage.digest)?.[0];
    if (field !== undefined && !remaking.has(damage.digest)) {
      emit({
        kind: "artifact-damaged",
        stage: stage.name,
        field,
        digest: damage.digest,
        message: damage.message,
      });
      await store.dropObject(damage.digest);
      const again = make(graph.node(stage), { forced: false });
      remaking.add(damage.digest);
      ensured.set(stage, again);
      again.catch(() => {}).finally(() => remaking.delete(damage.digest));
    }
    return await ensure(stage);
  }
  const remaking = new Set<Digest>();

  await Promise.allSettled(graph.nodes.map(({ stage }) => ensure(stage)));
  if (signal.aborted) throw signal.reason;
  return { records, ran, failures, remake };
}

function sameOutputs(a: StageRecord, b: StageRecord): boolean {
  return Object.keys({ ...a.outputs, ...b.outputs }).every((field) =>
    a.outputs[field]?.digest === b.outputs[field]?.digest
  );
}
