/**
 * Runs pipelines side by side and reads what they give.
 *
 * @module
 */
import { join } from "node:path";
import { readAcceptedEdits } from "../keys/accepted_edits.ts";
import type { CodeAtStart } from "../keys/code_at_start.ts";
import { type FolderLeases, takeSnapshot } from "./workers/code_snapshot.ts";
import { isUnavailable, StoreError } from "../define/error.ts";
import { isModule } from "../keys/file_facts.ts";
import type { Event, StageEvent } from "./event.ts";
import { sourceFetcher } from "./fetch_source.ts";
import type { Graph } from "./graph.ts";
import type { Digest } from "../define/hash.ts";
import { later } from "../define/later.ts";
import { openRemote } from "../store/remote_store.ts";
import { type StoreUse, useStore } from "../store/use_store.ts";
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
import { newWorkers, WORKER, type Workers } from "./workers/workers.ts";

/** Loaded where workers of other processes are to run stages. */
const queues = later<typeof import("./queue/stage_queue.ts")>(
  import.meta.resolve("./queue/stage_queue.ts"),
);

/** What runs stages of a project. */
interface Shared {
  /** Reads what is there now of code and packages. */
  readonly context: () => Promise<KeyContext>;
  readonly store: Store;
  readonly mirror: string | undefined;
  /** The modules as they were before the pipelines were loaded. */
  readonly atStart: CodeAtStart | undefined;
  readonly startWorkers: typeof workersFor;
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
  using use = await useStore(store.folder, {
    ifHeld: options.ifLocked,
    signal: options.signal,
    lease: options.lease,
    onWait: (holder) => emit({ kind: "waiting-for-store", holder }),
  });
  const signal = AbortSignal.any([options.signal, use.presence.lost]);
  const { about, clock } = options;
  const [first] = pipelines;
  if (about === undefined || first === undefined) {
    return await runAll(pipelines, { ...options, signal, use });
  }
  const recorder = await recordRun(store.folder, {
    profile: first.profile,
    pipelines: new Map(
      pipelines.map(({ name, graph }) => [
        name,
        graph.nodes.map(({ stage }) => stage.name),
      ]),
    ),
    presence: use.presence.id,
    about,
    clock,
  });
  let done: readonly Reproduced<T>[];
  try {
    done = await runAll(pipelines, { ...options, signal, use, recorder });
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
  options: ReproduceOptions<T> & Shared & {
    readonly use: StoreUse;
    readonly recorder?: RunRecorder;
  },
): Promise<readonly Reproduced<T>[]> {
  const { store, use, mirror, onDone, recorder, summaryOf } = options;
  // Not sooner: a run that waited for another reads what is there afterwards.
  const context = await options.context();
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
    openRemote(options.remote, {
      store,
      signal: options.signal,
      say: (message) => emit({ kind: "remote", message }),
    });
  const runOptions = {
    ...options,
    emit,
    pool,
    fetch,
    remote,
    leases: use,
    queue: undefined,
    halt: halt.signal,
    accepted: readAcceptedEdits(context.root),
  };

  const complete: Reproduced<T>[] = [];
  const keysOfComplete: ReadonlyMap<Stage, StaticKey>[] = [];
  for (const pipeline of options.ifComplete ?? []) {
    const { name, profile, graph } = pipeline;
    const keys = await keysOf(graph, context);
    // A damaged artifact may have to be made again.
    using workers = options.startWorkers([keys], { context, store, use });
    const result = await run({
      ...runOptions,
      graph,
      name: `${name}.${profile}`,
      keys,
      workers,
      emit: () => {},
      force: new Set(),
      order: 0,
      fromStore: true,
    });
    if (result.records.size < graph.nodes.length) continue;
    const output = await resolve<T>(pipeline.output, { result, store });
    complete.push({ name, pipeline, result, output, run: recorder?.id });
    keysOfComplete.push(keys);
  }
  // All keys before the first stage, so that stages that several pipelines
  // have run as stages of the first.
  const keys: ReadonlyMap<Stage, StaticKey>[] = [];
  for (const pipeline of pipelines) {
    keys.push(await keysOf(pipeline.graph, context));
  }
  await checkLoaded([...complete.map((one) => one.pipeline), ...pipelines], {
    keys: [...keysOfComplete, ...keys],
    context,
    atStart: options.atStart,
  });
  for (const one of complete) onDone?.(one);
  using workers = options.startWorkers(keys, { context, store, use });
  const queue = options.forWorkers && {
    isFor: options.forWorkers,
    ...(await queues()).openStageQueue(store.folder, {
      root: context.root,
      use,
      code: () => codeToRun(keys, context),
    }),
  };
  for (const { name: pipeline, profile, graph } of pipelines) {
    const stages = graph.nodes.length;
    emit({ kind: "run-started", pipeline, profile, stages });
  }
  const ended = await Promise.allSettled(pipelines.map(async (pipeline, i) => {
    const made = await runOne(pipeline, {
      ...runOptions,
      workers,
      queue,
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

/**
 * Checks that the code that this process has loaded is the code in some keys: it
 * was this process that built the graph, and that reads what comes of it.
 *
 * @throws {StoreError} naming the first module that changed
 */
export async function checkLoaded(
  pipelines: readonly Pick<OpenPipeline<unknown>, "module">[],
  { keys, context: { code, root }, atStart }: {
    readonly keys: readonly ReadonlyMap<Stage, StaticKey>[];
    readonly context: KeyContext;
    readonly atStart: CodeAtStart | undefined;
  },
): Promise<void> {
  if (atStart === undefined) return;
  const closures = codeIn(keys);
  for (const { module } of pipelines) {
    // No stage runs a pipeline: it may be more than a key could tell.
    const closure = await code.closureOf(module).catch(() => undefined);
    if (closure !== undefined) closures.add(closure.files);
  }
  for (const path of new Set([...closures].flatMap(Object.keys))) {
    if (!isModule(path) || atStart.isSame(join(root, path))) continue;
    throw new StoreError(
      `Cannot run: "${path}" changed after this command had loaded it; run the command again`,
    );
  }
}

/** The code in some keys; most stages share a closure. */
function codeIn(
  keys: readonly ReadonlyMap<Stage, StaticKey>[],
): Set<StaticKey["code"]> {
  return new Set(
    keys.flatMap((of) => [...of.values()].map(({ code }) => code)),
  );
}

/** Workers that run the code in some keys. */
export function workersFor(
  keys: readonly ReadonlyMap<Stage, StaticKey>[],
  { context, store, use, reuse = true }: {
    readonly context: KeyContext;
    readonly store: Store;
    /** Leave of the store, where it may be written. */
    readonly use: FolderLeases | undefined;
    readonly reuse?: boolean;
  },
): Workers {
  return newWorkers({
    root: context.root,
    reuse,
    async snapshot() {
      const { own, files } = await codeToRun(keys, context);
      const copies = await takeSnapshot(new Map(Object.entries(files)), {
        root: context.root,
        store: store.folder,
        leases: use,
      });
      return { copies, own, paths: Object.keys(files) };
    },
  });
}

/** The code in some keys, and that of isolates: digests of bytes by path. */
async function codeToRun(
  keys: readonly ReadonlyMap<Stage, StaticKey>[],
  { code }: KeyContext,
): Promise<
  {
    readonly files: Readonly<Record<string, Digest>>;
    readonly own: readonly string[];
  }
> {
  const own = WORKER.startsWith("file:")
    ? Object.keys((await code.closureOf(WORKER)).files)
    : [];
  const paths = new Set([...own, ...[...codeIn(keys)].flatMap(Object.keys)]);
  const files = [...paths].map((path) => [path, code.bytes.get(path) ?? ""]);
  return { own, files: Object.fromEntries(files) };
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
export function keysOf(
  { nodes }: Graph,
  context: KeyContext,
): Promise<ReadonlyMap<Stage, StaticKey>> {
  return staticKeysOf(nodes.map(({ stage }) => stage), context);
}
