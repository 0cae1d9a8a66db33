/**
 * A project: its folder, its store and its pipelines, opened to be planned or
 * run.
 *
 * @module
 */
import { join } from "node:path";
import { codeReader } from "./code.ts";
import type { Event } from "./event.ts";
import { type Graph, graphOf } from "./graph.ts";
import type { Environment, KeyContext } from "./key.ts";
import { lockStore } from "./lock.ts";
import { readPackageLock } from "./packages.ts";
import type { AnyPipeline, ProfileName } from "./pipeline.ts";
import { plan, type PlannedStage } from "./plan.ts";
import type { Lazy } from "./ref.ts";
import { resolve, type Resolved } from "./resolve.ts";
import { run, type RunResult } from "./run.ts";
import { openStore, type Store } from "./store.ts";

/** Where a project is and what it runs on. */
export interface ProjectOptions {
  /** Folder with deno.json. */
  readonly root: string;
  /** Folder of the store; `.store` in the root unless said otherwise. */
  readonly store?: string;
  /** What stages may depend on besides Deno and the platform. */
  readonly environments: readonly Environment[];
}

/** How to run a pipeline. */
export interface ReproduceOptions {
  /** Names of stages that run whatever the store holds. */
  readonly force: ReadonlySet<string>;
  /** How many stages may run at once. */
  readonly jobs: number;
  /** Ends the run, and the wait for the lock. */
  readonly signal: AbortSignal;
  /** Called with everything that happens. */
  readonly emit: (event: Event) => void;
  /** What to do while another run holds the store. */
  readonly ifLocked: "wait" | "refuse";
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** A pipeline that was run. */
export interface Reproduced<T> {
  /** What ran, and what failed. */
  readonly result: RunResult;
  /** The output of the pipeline, or what is missing from it. */
  readonly output: Resolved<T>;
}

/** A pipeline at one profile, in a project. */
export interface OpenPipeline<T> {
  /** Its stages. */
  readonly graph: Graph;
  /** Where its artifacts are kept. */
  readonly store: Store;
  /** What would run and why. */
  plan(force: ReadonlySet<string>): Promise<readonly PlannedStage[]>;
  /** Makes what is missing and reads the output. */
  reproduce(options: ReproduceOptions): Promise<Reproduced<T>>;
}

/**
 * Opens a pipeline.
 *
 * @throws {StoreError} if the store cannot be used
 */
export async function openPipeline<T>(
  pipeline: AnyPipeline<T>,
  { profile, project }: {
    readonly profile: ProfileName;
    readonly project: ProjectOptions;
  },
): Promise<OpenPipeline<T>> {
  const { root, environments } = project;
  const packages = await readPackageLock(root);
  const freshCode = () => codeReader(root, packages);
  const context: KeyContext = { root, environments, code: freshCode() };
  const store = await openStore(project.store ?? join(root, ".store"));
  const output: Lazy<T> = pipeline.build(profile);
  const graph = graphOf(output);
  const name = `${pipeline.name}.${profile}`;

  return {
    graph,
    store,

    async plan(force) {
      const last = store.lastKeys(name);
      return await plan({ ...context, graph, store, last, force });
    },

    async reproduce({ ifLocked, ...options }) {
      const { emit, clock } = options;
      using _lock = await lockStore(store.folder, {
        ifHeld: ifLocked,
        signal: options.signal,
        onWait: (holder) => emit({ kind: "waiting-for-lock", holder }),
      });
      await store.sweep();
      const start = clock();
      emit({
        kind: "run-started",
        pipeline: pipeline.name,
        profile,
        stages: graph.nodes.length,
      });
      const result = await run({
        ...context,
        ...options,
        graph,
        store,
        name,
        freshCode,
      });
      const resolved = await resolve<T>(output, { result, store });
      emit({
        kind: "run-finished",
        pipeline: pipeline.name,
        profile,
        ran: result.ran.length,
        cached: Math.max(0, result.records.size - new Set(result.ran).size),
        failed: result.failures.length,
        seconds: (clock() - start) / 1000,
      });
      return { result, output: resolved };
    },
  };
}
