/**
 * Earlier runs, as the site tells them.
 *
 * @module
 */
import type { Unit } from "../value/quantity.ts";

/** How a run ended; without published files where one cannot be had, and all else is there. */
export type RunOutcome =
  | "finished"
  | "without published files"
  | "failed"
  | "stopped";

/** How a run ended, as a page says it. */
export function outcomeText(outcome: RunOutcome): string {
  return outcome === "without published files"
    ? "complete; published files unavailable"
    : outcome;
}

/** A run that changed something, or failed. */
export interface PastRun {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly seconds: number;
  readonly profile: string;
  /** Full hash of the commit, or null outside a checkout. */
  readonly commit: string | null;
  /** Paths of files that were edited and neither staged nor committed; left out where that is not known. */
  readonly edited?: readonly string[] | undefined;
  readonly device: string;
  readonly outcome: RunOutcome;
  /** Names of the pipelines that it was to run. */
  readonly pipelines: readonly string[];
  /** How many stages ran, were taken from the store, and failed or were kept from running by one that did. */
  readonly stages: {
    readonly ran: number;
    readonly reused: number;
    readonly failed: number;
  };
  /** What differs from the run before of the same profile. */
  readonly changes: readonly RunChange[];
}

/** A stage that is not what it was in the run before. */
export interface RunChange {
  readonly pipeline: string;
  readonly stage: string;
  /** As in "epochs 12 → 13". */
  readonly causes: readonly string[];
  /** Numbers that moved, those of claims first. */
  readonly numbers: readonly MovedNumber[];
}

/** A number in two runs. */
export interface MovedNumber {
  /** Which number, e.g. "claim slope" or "fit.slope". */
  readonly what: string;
  readonly before: number;
  readonly after: number;
  /** How it is shown; as it is unless given. */
  readonly unit?: Unit | undefined;
}
