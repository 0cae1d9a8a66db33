/**
 * What a running task may use besides its arguments, and what it may depend on
 * besides them.
 *
 * @module
 */
import type { Source } from "./source.ts";

/** How far a stage has come. All numbers are optional but `done` and `total`. */
export interface Progress {
  /** What is counted, e.g. `epoch`. */
  readonly unit: string;
  /** How many units are done. */
  readonly done: number;
  /** How many units there are. */
  readonly total: number;
  /** Number of the epoch under way, from 1. */
  readonly epoch?: number;
  /** How many epochs there are. */
  readonly epochs?: number;
  /** Mean loss of the last steps. */
  readonly loss?: number;
  /** How many images one unit is. Whoever shows the progress has a clock, and tells the speed. */
  readonly images?: number;
  /** Something worth a word, e.g. `resumed after epoch 3`. */
  readonly note?: string;
}

/** Bytes kept between two attempts of one stage, so that a killed stage can go on. */
export interface Scratch {
  /** The bytes saved last; `undefined` if none were. */
  load(): Promise<Uint8Array | undefined>;
  /** Replaces the saved bytes, all or none of them. */
  save(bytes: Uint8Array): Promise<void>;
}

/** What a running task may use besides its arguments. */
export interface TaskContext {
  /** Raised when the run is to end. */
  readonly signal: AbortSignal;
  /** The environment part of the stage's key, e.g. the chosen device. */
  readonly environment: Readonly<Record<string, string>>;
  /** Unfinished work of an earlier attempt at this very key. */
  readonly scratch: Scratch;
  /** Says how far the stage has come. */
  progress(progress: Progress): void;
  /**
   * The bytes of a published file, which the engine gets from the store, a
   * mirror or the network: a stage has no network.
   *
   * @throws {SourceUnavailableError} if it cannot be had
   */
  fetch(source: Source): Promise<Uint8Array>;
}

/** A machine property that matters to whatever imports a package. */
export interface Environment {
  /** The stages whose closure imports this package depend on the facts. */
  readonly package: string;
  /** The facts by name, e.g. `device` and `adapter`. */
  readonly facts: Readonly<Record<string, string>>;
}
