/**
 * How long a run still takes: by how long its stages took when they last ran,
 * and of those that never did by what others like them took, trainings in
 * proportion to their image-steps: in this run, since a machine is slower beside
 * other work, or, before one has done any, when they last ran. Other stages that
 * are like none are left out; they are short.
 *
 * @module
 */
import type { Shown } from "./display.ts";
import {
  amountOf,
  NOTHING,
  type Pace,
  type Paces,
  pacesOf,
  secondsLike,
  type StageWork,
} from "./pace.ts";
import { advance, type RunningStage, secondsLeft } from "./running_stage.ts";

/** A stage by its name, which may be that of another in another pipeline. */
export interface StageOf {
  readonly pipeline: string;
  readonly stage: string;
}

/** The stages of a run, and how many of them run at once. */
export interface LastTimes {
  /** All stages by id, with what each is. */
  readonly stages: ReadonlyMap<string, StageWork>;
  /** The id of a stage, which pipelines that share it have in common. */
  idOf(stage: StageOf): string;
  /** Seconds that a stage took when it last ran, if that is known. */
  secondsOf(id: string): number | undefined;
  readonly jobs: number;
}

/** What a display takes the time from. */
export interface Timed {
  /** Milliseconds since 1970. */
  clock(): number;
  /** How long stages took when they last ran, if somebody knows. */
  times?(): LastTimes;
}

/** Follows a run; tells how many seconds are left. */
export interface TimeLeft {
  /** Takes what has happened. */
  follow(event: Shown): void;
  /**
   * Seconds that the run still takes if all that is left runs.
   *
   * @returns `undefined` unless something runs, and for as long as a training
   * is left that has never run, nor any like it
   */
  left(): number | undefined;
}

/** An event of a stage. */
type StageShown = Extract<Shown, StageOf>;

/**
 * @param times looked at when somebody asks and a stage has started: a run in
 * which nothing takes long needs none
 */
export function timeLeft(
  times: () => LastTimes,
  clock: () => number,
): TimeLeft {
  const running = new Map<string, RunningStage>();
  const ended = new Set<string>();
  const finished = new Set<string>();
  const known = new Map<string, number | undefined>();
  /** What happened to stages, and when, before somebody asked. */
  const early: { readonly at: number; readonly event: StageShown }[] = [];
  let run: LastTimes | undefined;

  /** Seconds of a stage from start to end, in this run or when it last ran. */
  function secondsOf(id: string): number | undefined {
    return known.getOrInsertComputed(id, () => run?.secondsOf(id));
  }

  /** What a stage has done in the time that is known of it, and whether in this run. */
  function doneBy(id: string, work: StageWork): Pace & { here: boolean } {
    const { first, latest } = running.get(id) ?? {};
    const units = (latest?.progress.done ?? 0) - (first?.progress.done ?? 0);
    if (
      work.imageSteps !== undefined && first !== undefined &&
      latest !== undefined && units > 0
    ) {
      return {
        work: units * (latest.progress.images ?? 0),
        seconds: (latest.at - first.at) / 1000,
        here: true,
      };
    }
    const seconds = secondsOf(id);
    return seconds === undefined
      ? { ...NOTHING, here: false }
      : { work: amountOf(work), seconds, here: finished.has(id) };
  }

  /** What stages have done, by what they are and by their task: in this run, or else when they last ran. */
  function paces(stages: LastTimes["stages"]): Paces {
    const done = [...stages].map(([id, stage]) =>
      [stage, doneBy(id, stage)] as const
    );
    const [here, before] = [true, false].map((ran) =>
      pacesOf(done.filter(([, { here }]) => here === ran))
    );
    return new Map([...before ?? [], ...here ?? []]);
  }

  function take(
    { at, event }: typeof early[number],
    { idOf }: LastTimes,
  ): void {
    const { stage: name } = event;
    const id = idOf(event);
    const before = running.get(id);
    if (event.kind === "stage-started") {
      running.set(id, { name, started: at });
    } else if (event.kind === "stage-progress" && before !== undefined) {
      const { progress } = event;
      running.set(id, advance(before, { at, progress }));
    } else if (event.kind === "stage-elsewhere") running.delete(id);
    else if (/^stage-(cached|finished|failed)$/.test(event.kind)) {
      ended.add(id);
      running.delete(id);
      if (event.kind === "stage-finished") {
        finished.add(id);
        known.set(id, event.seconds);
      }
    }
  }

  return {
    follow(event) {
      if (!("stage" in event)) return;
      const now = { at: clock(), event };
      if (run === undefined) early.push(now);
      else take(now, run);
    },

    left() {
      if (run === undefined) {
        if (early.every(({ event }) => event.kind !== "stage-started")) {
          return undefined;
        }
        run = times();
        for (const one of early) take(one, run);
      }
      const { stages, jobs } = run;
      const now = clock();
      const pace = paces(stages);
      let [sum, longest, isKnown] = [0, 0, false];
      for (const [id, work] of stages) {
        if (ended.has(id)) continue;
        const stage = running.get(id);
        const whole = secondsOf(id) ?? secondsLike(work, pace) ??
          (work.imageSteps === undefined ? undefined : NaN);
        const passed = stage === undefined ? 0 : (now - stage.started) / 1000;
        const rest = (stage && secondsLeft(stage, now)) ??
          (whole === undefined ? undefined : Math.max(0, whole - passed));
        if (rest === undefined) continue;
        if (Number.isNaN(rest)) return undefined;
        isKnown = true;
        sum += rest;
        longest = Math.max(longest, rest);
      }
      // On a GPU more stages run at once than there are slots.
      const atOnce = Math.max(jobs, running.size);
      return isKnown ? Math.max(longest, sum / atOnce) : undefined;
    },
  };
}
