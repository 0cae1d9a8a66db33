/**
 * Stages while they run, as their events tell, and the causes that they run for.
 *
 * @module
 */
import { placeOf } from "../../engine/run/queue/worked_by.ts";
import { withShortDigests } from "../../engine/define/hash.ts";
import type { Progress } from "../../engine/define/task_context.ts";
import type { Cause } from "../../engine/keys/cause.ts";
import { sentencesOf } from "../../engine/keys/causes_alike.ts";
import type { Shown } from "./display.ts";
import { reasonOf } from "./error_lines.ts";
import { count, ticking } from "./quantities.ts";

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
interface Reading {
  readonly at: number;
  readonly progress: Progress;
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

/** Units a second, so far; `undefined` while there is nothing to go by. */
function speedOf({ first, latest }: StageMoment): number | undefined {
  if (first === undefined || latest === undefined) return undefined;
  const done = latest.progress.done - first.progress.done;
  const took = (latest.at - first.at) / 1000;
  return done > 0 && took > 0 ? done / took : undefined;
}

/**
 * Seconds that the stage still needs at the speed it had so far.
 *
 * @returns `undefined` while there is no speed to go by
 */
export function secondsLeft(
  stage: StageMoment,
  now: number,
): number | undefined {
  const { latest } = stage;
  const speed = speedOf(stage);
  if (latest === undefined || speed === undefined) return undefined;
  const rest = (latest.progress.total - latest.progress.done) / speed;
  return Math.max(0, rest - (now - latest.at) / 1000);
}

/** The facts of a stage's progress in words, in reading order; empty where unknown. */
export function factsOf(
  stage: StageMoment,
  now: number,
): Readonly<Record<"steps" | "loss" | "speed" | "left", string>> {
  const { unit, done = 0, total, epoch, epochs, loss, images = NaN } =
    stage.latest?.progress ?? {};
  const isTraining = epoch !== undefined && epochs !== undefined;
  const counted = unit === undefined
    ? ""
    : `${unit} ${Math.floor(done)}/${total}`;
  const speed = images * (speedOf(stage) ?? NaN);
  const left = secondsLeft(stage, now);
  return {
    steps: isTraining ? `epoch ${epoch}/${epochs}` : counted,
    loss: loss === undefined ? "" : `loss ${loss.toPrecision(3)}`,
    speed: speed > 0 ? `${Math.round(speed)} images/s` : "",
    left: left === undefined ? "" : `${ticking(left)} left`,
  };
}

/** Causes in words. */
export function causeTexts(causes: readonly Cause[]): readonly string[] {
  return sentencesOf(causes).map(withShortDigests);
}

/** A stage at one of its events: as it was, if it does not run or has just ended. */
type StageMoment = Omit<RunningStage, "started"> & {
  /** What it notes or fails of, unless a stage has said the same before. */
  readonly news?: string | undefined;
};

/** Follows the stages of all pipelines; those that run are in `running`. The name is empty for an event of no stage. */
export function followStages(
  running: Map<string, RunningStage>,
  clock: () => number,
): (event: Shown) => StageMoment {
  const pipelines = new Set<string>();
  const isNew = newNotes();
  return (event) => {
    if (event.kind === "run-started") pipelines.add(event.pipeline);
    if (!("stage" in event)) return { name: "" };
    const name = pipelines.size > 1
      ? `${event.stage} of ${event.pipeline}`
      : event.stage;
    const before = running.get(name);
    let said: string | undefined;
    if (event.kind === "stage-started") {
      const [first = "", ...others] = causeTexts(event.causes);
      const more = count(others.length, "more cause");
      const why = others.length === 0 ? first : `${first} and ${more}`;
      const place = placeOf(event.by ?? {});
      const cause = place === "" ? why : `${why}; on ${place}`;
      running.set(name, { name, started: clock(), cause });
    } else if (event.kind === "stage-progress" && before !== undefined) {
      const { progress } = event;
      running.set(name, advance(before, { at: clock(), progress }));
      said = progress.note;
    } else if (!/^(artifact-damaged|stage-differs)$/.test(event.kind)) {
      running.delete(name);
    }
    if (event.kind === "stage-elsewhere") said = event.message;
    if (event.kind === "stage-failed") said = reasonOf(event.error);
    const stage = running.get(name) ?? before ?? { name };
    return { ...stage, news: isNew(said) ? said : undefined };
  };
}

/**
 * A test that holds once for each text: many stages may have the same thing to
 * say, and it is said once.
 */
export function newNotes(): (note: string | undefined) => boolean {
  const seen = new Set<string>();
  return (note) => {
    if (note === undefined || seen.has(note)) return false;
    seen.add(note);
    return true;
  };
}
