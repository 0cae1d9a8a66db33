/**
 * One run of the history, as it is told of: what became of each stage of each
 * pipeline.
 *
 * @module
 */
import type { Digest, Json } from "../define/hash.ts";

/** What became of one stage in a run. */
export interface RunStage {
  /** Digest of its key, if all its inputs were made. */
  readonly key?: Digest | undefined;
  /** `blocked`: a stage before it failed. */
  readonly state: "ran" | "reused" | "failed" | "blocked";
  /** Why it ran, in sentences. */
  readonly causes?: readonly string[] | undefined;
  /** What went wrong, in one line, if it failed. */
  readonly reason?: string | undefined;
  /** Whether it failed for no other reason than that its published source cannot be had. */
  readonly unavailable?: true | undefined;
}

/** What became of one pipeline in a run. */
export interface RunPipeline {
  /** By name, producers first; stages not reached are left out. */
  readonly stages: Readonly<Record<string, RunStage>>;
  /** What it gave, in short; as whoever ran it defines. */
  readonly summary?: Json | undefined;
}

/** One run of one or more pipelines. */
export interface HistoricRun {
  /** Twelve hexadecimal characters. */
  readonly id: string;
  /** The scale. */
  readonly profile: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Time it took. */
  readonly seconds: number;
  /** `running` also if its process was killed. */
  readonly state: "running" | "finished" | "failed" | "stopped";
  /** Full hash of the commit, or null outside a checkout. */
  readonly commit: string | null;
  /**
   * Paths of the files of its code that were edited and neither staged nor
   * committed, looked at when its first stage started; left out if none did, or
   * if it could not be told.
   */
  readonly edited?: readonly string[] | undefined;
  /** What it computed on, e.g. `wasm`. */
  readonly device: string;
  /** By name. */
  readonly pipelines: Readonly<Record<string, RunPipeline>>;
}
