/**
 * Stages while they run, as their events tell.
 *
 * @module
 */
import type { Progress } from "../../engine/define/task_context.ts";
import { reasonOf } from "./error_lines.ts";
import type { Shown } from "./display.ts";
import { clauseOf } from "./sentences.ts";

/** What is known of a running stage. Times are milliseconds since 1970. */
export interface RunningStage {
  readonly name: string;
  readonly started: number;
  /** Why the stage runs, in one clause. */
  readonly cause?: string;
  /** The first progress: work before it may have been done in an earlier run. */
  readonly first?: Reading;
  readonly latest?: Reading;
}

/** The progress of a stage at a moment. */
export interface Reading {
  readonly at: number;
  readonly progress: Progress;
}

/** A stage that has just started. */
export function startStage(name: string, now: number): RunningStage {
  return { name, started: now };
}

/** The stage after some more progress. */
export function advance(stage: RunningStage, latest: Reading): RunningStage {
  // Another unit is another phase of the stage, with a speed of its own.
  const isSameUnit = stage.first?.progress.unit === latest.progress.unit;
  return { ...stage, first: isSameUnit ? stage.first : latest, latest };
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

/** What is to be shown of a stage at one of its events. */
export interface StageMoment {
  /** Name of the stage, with that of its pipeline if several run; empty if the event is of no stage. */
  readonly name: string;
  /** The stage, if it runs; as it was if it has just ended. */
  readonly stage?: RunningStage | undefined;
  /** What the stage notes or fails of, unless a stage has said the same before. */
  readonly news?: string | undefined;
}

/** Follows the stages of all pipelines; those that run are in `running`. */
export function followStages(
  running: Map<string, RunningStage>,
  clock: () => number,
): (event: Shown) => StageMoment {
  const pipelines = new Set<string>();
  const [isNewNote, isNewReason] = [newNotes(), newNotes()];
  return (event) => {
    if (event.kind === "run-started") pipelines.add(event.pipeline);
    if (!("stage" in event)) return { name: "" };
    const name = pipelines.size > 1
      ? `${event.stage} of ${event.pipeline}`
      : event.stage;
    const stage = running.get(name);
    if (event.kind === "artifact-damaged") return { name };
    if (event.kind === "stage-started") {
      const cause = clauseOf(event.causes);
      const stage = { ...startStage(name, clock()), cause };
      running.set(name, stage);
      return { name, stage };
    }
    if (event.kind === "stage-progress") {
      if (stage === undefined) return { name };
      const { progress } = event;
      const next = advance(stage, { at: clock(), progress });
      running.set(name, next);
      const news = isNewNote(progress.note) ? progress.note : undefined;
      return { name, stage: next, news };
    }
    running.delete(name);
    if (event.kind !== "stage-failed") return { name, stage };
    const reason = reasonOf(event.error);
    return { name, stage, news: isNewReason(reason) ? reason : undefined };
  };
}

/**
 * A test that holds once for each text: many stages may have the same thing to
 * say, and it is said once.
 */
export function newNotes(): (note: string | undefined) => note is string {
  const seen = new Set<string>();
  return (note): note is string => {
    const isNew = note !== undefined && !seen.has(note);
    if (isNew) seen.add(note);
    return isNew;
  };
}
