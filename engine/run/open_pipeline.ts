/**
 * Pipelines that are open: what can be asked of one, how it is run, and what
 * comes of that.
 *
 * @module
 */
import type { Event } from "./event.ts";
import type { Graph } from "./graph.ts";
import type { Json } from "../define/hash.ts";
import type { ProfileName } from "../define/pipeline.ts";
import type { PlannedStage } from "./plan.ts";
import type { RunAbout } from "./record_run.ts";
import type { Lazy, Stage } from "../define/ref.ts";
import type { RemoteOptions } from "../store/remote_store.ts";
import type { Resolved } from "./resolve.ts";
import type { RunResult } from "./run.ts";
import type { Store } from "../store/store.ts";

/** A pipeline at one profile, in a project. */
export interface OpenPipeline<T> {
  /** Name of the pipeline. */
  readonly name: string;
  /** URL of the module that defines it. */
  readonly module: string;
  /** Name of the profile. */
  readonly profile: ProfileName;
  /** The output of the pipeline, built of refs. */
  readonly output: Lazy<T>;
  /** The stages of the pipeline. */
  readonly graph: Graph;
  /** The store that its artifacts are kept in. */
  readonly store: Store;
  /** Plans every stage: whether it would run, and why. */
  plan(force: ReadonlySet<string>): Promise<readonly PlannedStage[]>;
  /** Makes what is missing and reads the output. */
  reproduce(options: ReproduceOptions<T>): Promise<Reproduced<T>>;
}

/** How to run pipelines. */
export interface ReproduceOptions<T = unknown> {
  /** Names of stages that run whatever the store holds. */
  readonly force: ReadonlySet<string>;
  /** How many stages may run at once. */
  readonly jobs: number;
  /** Whether the first failure ends the run; otherwise what does not depend on it still runs. */
  readonly failFast?: boolean;
  /** A second store, asked for what this one lacks. */
  readonly remote?: RemoteOptions | undefined;
  /** Raised to end the run, and the wait for the store. */
  readonly signal: AbortSignal;
  /** Called with everything that happens. */
  readonly emit: (event: Event) => void;
  /** What to do while another command has the store alone. */
  readonly ifLocked: "wait" | "refuse";
  /** Which stages workers of other processes are to run, that take them from the queue of the store; none unless given. */
  readonly forWorkers?: ((stage: Stage) => boolean) | undefined;
  /** Seconds without a sign of life after which other runs take this one for dead, and its stages over. */
  readonly lease?: number | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Pipelines that are read too, without a word, if all of them is in the store. */
  readonly ifComplete?: readonly OpenPipeline<T>[];
  /** What the run history says of this run; it is not recorded if left out. */
  readonly about?: RunAbout;
  /** What a pipeline gave, in short, for the run history. */
  readonly summaryOf?: (output: T) => Json;
  /** Called as soon as a pipeline is done; those that are complete come first. */
  readonly onDone?: (pipeline: Reproduced<T>) => void;
}

/** A pipeline that was run. */
export interface Reproduced<T> {
  /** Name of the pipeline. */
  readonly name: string;
  /** The pipeline itself. */
  readonly pipeline: OpenPipeline<T>;
  /** What ran, and what failed. */
  readonly result: RunResult;
  /** The output of the pipeline, or what is missing from it. */
  readonly output: Resolved<T>;
  /** Id of the run in the history, if it is recorded. */
  readonly run?: string | undefined;
}
