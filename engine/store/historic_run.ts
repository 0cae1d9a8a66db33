/**
 * One run of the history, as it is told of: what became of each stage of each
 * pipeline.
 *
 * @module
 */
import type { Digest, Json } from "../define/hash.ts";

/** Who ran a stage, if it was a worker: names and ids, such as `node`, `job` of a scheduler and `gpu`. */
export type WorkedBy = Readonly<Record<string, string>>;

/** What became of one stage in a run. */
export interface RunStage {
  /** Digest of the key of the stage, if all its inputs were made. */
  readonly key?: Digest | undefined;
  /** What became of the stage; `blocked` if one before it failed. */
  readonly state: "ran" | "reused" | "failed" | "blocked";
  /** Why the stage ran, in sentences. */
  readonly causes?: readonly string[] | undefined;
  /** What went wrong, in one line, if the stage failed. */
  readonly reason?: string | undefined;
  /** Whether the stage failed for no other reason than that its published source cannot be had. */
  readonly unavailable?: true | undefined;
  /** The worker that ran the stage, if it was not the run itself. */
  readonly by?: WorkedBy | undefined;
}

/** What became of one pipeline in a run. */
export interface RunPipeline {
  /** Stages by name, producers first; those not reached are left out. */
  readonly stages: Readonly<Record<string, RunStage>>;
  /** What the pipeline gave, in short; as whoever ran it defines. */
  readonly summary?: Json | undefined;
}

/** One run of one or more pipelines. */
export interface HistoricRun {
  /** Id of the run: twelve hexadecimal characters. */
  readonly id: string;
  /** Name of the profile. */
  readonly profile: string;
  /** When the run started: ISO 8601, UTC. */
  readonly started: string;
  /** Time that the run took. */
  readonly seconds: number;
  /** What became of the run; `running` also if its process was killed. */
  readonly state: "running" | "finished" | "failed" | "stopped";
  /** Id of the presence of its process in the store, by which others see whether it still goes on; left out once it has ended. */
  readonly presence?: string | undefined;
  /** Full hash of the commit, or null outside a checkout. */
  readonly commit: string | null;
  /**
   * Paths of the files of its code that were edited and neither staged nor
   * committed, looked at when its first stage started; left out if none did, or
   * if it could not be told.
   */
  readonly edited?: readonly string[] | undefined;
  /** What the run computed on, e.g. `wasm`. */
  readonly device: string;
  /** The pipelines of the run, by name. */
  readonly pipelines: Readonly<Record<string, RunPipeline>>;
}
