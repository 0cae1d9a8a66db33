/**
 * A stage while it runs, as its events tell.
 *
 * @module
 */
import type { Progress } from "../../engine/task.ts";

/** What is known of a running stage. Times are milliseconds since 1970. */
export interface RunningStage {
  readonly name: string;
  readonly started: number;
  /** The first progress: work before it may have been done in an earlier run. */
  readonly first: Reading | undefined;
  readonly latest: Reading | undefined;
}

/** Progress at a moment. */
export interface Reading {
  readonly at: number;
  readonly progress: Progress;
}

/** A stage that has just started. */
export function startStage(name: string, now: number): RunningStage {
  return { name, started: now, first: undefined, latest: undefined };
}

/** The stage after some more progress. */
export function advance(
  stage: RunningStage,
  { at, progress }: Reading,
): RunningStage {
  const reading = { at, progress };
  // Another unit is another phase of the stage, with a speed of its own.
  const sameUnit = stage.first?.progress.unit === progress.unit;
  return {
    ...stage,
    first: sameUnit ? stage.first : reading,
    latest: reading,
  };
}

/** Share of the work that is done: 0…1. */
export function fractionOf({ latest }: RunningStage): number | undefined {
  if (latest === undefined || !(latest.progress.total > 0)) return undefined;
  return Math.min(1, Math.max(0, latest.progress.done / latest.progress.total));
}

/**
 * Seconds that the stage still needs at the speed it had so far.
 *
 * @returns `undefined` while there is no speed to go by
 */
export function secondsLeft(
  { first, latest }: RunningStage,
  now: number,
): number | undefined {
  if (first === undefined || latest === undefined) return undefined;
  const done = latest.progress.done - first.progress.done;
  const took = (latest.at - first.at) / 1000;
  if (!(done > 0) || !(took > 0)) return undefined;
  const rest = (latest.progress.total - latest.progress.done) * took / done;
  return Math.max(0, rest - (now - latest.at) / 1000);
}
