/**
 * Runs pipelines side by side and reads what they give.
 *
 * @module
 */
import type { CodeReader } from "../keys/code.ts";
import { isUnavailable } from "../define/error.ts";
import type { Event, StageEvent } from "./event.ts";
import { sourceFetcher } from "./fetch_source.ts";
import type { Graph } from "./graph.ts";
import { later } from "../define/later.ts";
import { lockStore } from "../store/lock.ts";
import type {
  OpenPipeline,
  Reproduced,
  ReproduceOptions,
} from "./open_pipeline.ts";
import { newPool } from "./workers/pool.ts";
import { recordRun, type RunRecorder } from "./record_run.ts";
import type { Stage } from "../define/ref.ts";
import { resolve } from "./resolve.ts";
import { run } from "./run.ts";
import {
  type KeyContext,
  type StaticKey,
  staticKeysOf,
} from "../keys/static_key.ts";
import type { Store } from "../store/store.ts";
import { newWorkers, type Workers } from "./workers/workers.ts";

/** Most runs have no remote, and its schemas take longer to load than the rest of the engine. */
const remotes = later<typeof import("../store/remote_store.ts")>(
  import.meta.resolve("../store/remote_store.ts"),
);

interface Shared {
  readonly context: KeyContext;
  readonly store: Store;
  readonly mirror: string | undefined;
  /** Reads the code afresh, to see whether it changed under a running stage. */
  readonly freshCode: () => CodeReader;
}

/**
 * Runs pipelines side by side. Failures are returned, not thrown.
 *
 * @throws the reason of the signal, if it ends the run
 * @throws {StoreError} if the store cannot be used
 */
export async function reproduce<T>(
  pipelines: readonly OpenPipeline<T>[],
  options: ReproduceOptions<T> & Shared,
): Promise<readonly Reproduced<T>[]> {
  const { store, emit } = options;
  using lock = await lockStore(store.folder, {
    ifHeld: options.ifLocked,
    signal: options.signal,
    onWait: (holder) => emit({ kind: "waiting-for-lock", holder }),
    ...options.leaseTiming === undefined ? {} : { timing: options.leaseTiming },
  });
  const signal = AbortSignal.any([options.signal, lock.lost]);
  await store.sweep();
  const { about, clock } = options;
  const [first] = pipelines;
  if (about === undefined || first === undefined) {
    return await runAll(pipelines, { ...options, signal });
  }
  const recorder = await recordRun(store.folder, {
    profile: first.profile,
    pipelines: new Map(
      pipelines.map(({ name, graph }) => [
        name,
        graph.nodes.map(({ stage }) => stage.name),
      ]),
    ),
    about,
    clock,
  });
  let done: readonly Reproduced<T>[];
  try {
    done = await runAll(pipelines, { ...options, signal, recorder });
  } catch (error) {
    // Whatever ended the run is what its caller must hear.
    await recorder.end({ state: signal.aborted ? "stopped" : "failed" })
      .catch(() => {});
    throw error;
  }
  await recorder.end({
    state: done.some(({ result }) => result.failures.length > 0)
      ? "failed"
      : "finished",
    blocked: Object.fromEntries(
      done.map(({ name, result }) => [name, [...result.blocked.keys()]]),
    ),
  });
  return done;
}

async function runAll<T>(
  pipelines: readonly OpenPipeline<T>[],
  options: ReproduceOptions<T> & Shared & { readonly recorder?: RunRecorder },
): Promise<readonly Reproduced<T>[]> {
  const { context, store, mirror, onDone, recorder, summaryOf } = options;
  const halt = new AbortController();
  const emit = (event: Event) => {
    recorder?.event(event);
    options.emit(event);
    if (event.kind !== "stage-failed" || !options.failFast) return;
    if (!isUnavailable(event.error)) halt.abort(event.error);
  };
  const pool = newPool(options.jobs);
  const fetch = sourceFetcher({ mirror, store });
  const remote = options.remote &&
    (await remotes()).openRemote(options.remote, {
      store,
      signal: options.signal,
      patience: options.remote.patience,
      say: (message) => emit({ kind: "remote", message }),
    });
  const runOptions = {
    ...options,
    emit,
    pool,
    fetch,
    remote,
    halt: halt.signal,
  };

  for (const pipeline of options.ifComplete ?? []) {
    const planned = await pipeline.plan(new Set());
    if (planned.some(({ state }) => state !== "cached")) continue;
    const keys = await keysOf(pipeline.graph, context);
    // A damaged artifact may have to be made again.
    using workers = workersFor([keys], context);
    const done = await runOne(pipeline, {
      ...runOptions,
      keys,
      workers,
      emit: () => {},
      force: new Set(),
      order: 0,
    });
    onDone?.({ ...done, run: recorder?.id });
  }
  // All keys before the first stage, so that stages that several pipelines
  // have run as stages of the first.
  const keys: ReadonlyMap<Stage, StaticKey>[] = [];
  for (const pipeline of pipelines) {
    keys.push(await keysOf(pipeline.graph, context));
  }
  using workers = workersFor(keys, context);
  for (const { name: pipeline, profile, graph } of pipelines) {
    const stages = graph.nodes.length;
    emit({ kind: "run-started", pipeline, profile, stages });
  }
  const ended = await Promise.allSettled(pipelines.map(async (pipeline, i) => {
    const made = await runOne(pipeline, {
      ...runOptions,
      workers,
      keys: keys[i] ?? new Map(),
      order: i,
      onKey: (stage, key) => recorder?.key(pipeline.name, stage, key),
    });
    const done = { ...made, run: recorder?.id };
    if (summaryOf !== undefined && done.output.kind === "value") {
      recorder?.summary(pipeline.name, summaryOf(done.output.value));
    }
    onDone?.(done);
    return done;
  }));
  await remote?.end();
  return ended.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
}

/** Workers that may read the code in some keys. */
function workersFor(
  keys: readonly ReadonlyMap<Stage, StaticKey>[],
  { root }: KeyContext,
): Workers {
  const closures = keys.flatMap((of) =>
    [...of.values()].map(({ code }) => code)
  );
  return newWorkers({
    root,
    // Most stages share a closure.
    code: () => new Set([...new Set(closures)].flatMap(Object.keys)),
  });
}

/** Runs one pipeline of those that share a pool. */
async function runOne<T>(
  pipeline: OpenPipeline<T>,
  options: Omit<Parameters<typeof run>[0], "emit" | "graph" | "name"> & {
    readonly emit: (event: Event) => void;
  },
): Promise<Reproduced<T>> {
  const { name, profile, graph, output } = pipeline;
  const { emit, clock, store } = options;
  let start: number | undefined;
  const result = await run({
    ...options,
    graph,
    name: `${name}.${profile}`,
    emit(event: StageEvent) {
      if (event.kind === "stage-started") start ??= clock();
      emit({ ...event, pipeline: name });
    },
  });
  const resolved = await resolve<T>(output, { result, store });
  const end = clock();
  emit({
    kind: "run-finished",
    pipeline: name,
    profile,
    stages: graph.nodes.length,
    ran: result.ran.length,
    cached: Math.max(0, result.records.size - new Set(result.ran).size),
    failed: result.failures.length,
    seconds: Math.max(0, end - (start ?? end)) / 1000, // a clock may be set back
  });
  return { name, pipeline, result, output: resolved };
}

/** The key of every stage, without its inputs. */
function keysOf(
  { nodes }: Graph,
  context: KeyContext,
): Promise<ReadonlyMap<Stage, StaticKey>> {
  return staticKeysOf(nodes.map(({ stage }) => stage), context);
}
