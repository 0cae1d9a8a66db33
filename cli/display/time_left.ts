/**
 * How long a run still takes, by how long its stages took when they last ran.
 *
 * @module
 */
import type { Shown } from "./display.ts";

/** The stages of a run, and how many of them run at once. */
export interface LastTimes {
  /** Names of all stages. */
  readonly stages: readonly string[];
  /** Seconds that a stage took when it last ran, if that is known. */
  secondsOf(stage: string): number | undefined;
  readonly jobs: number;
}

/** Follows a run; tells how many seconds are left. */
export interface TimeLeft {
  /** Takes what has happened. */
  follow(event: Shown): void;
  /**
   * Seconds that the run still takes if all that is left runs.
   *
   * @returns `undefined` unless something runs and all that is left has run before
   */
  left(): number | undefined;
}

/**
 * @param times looked at when the first stage starts: a run in which nothing
 * does needs none
 */
export function timeLeft(
  times: () => LastTimes,
  clock: () => number,
): TimeLeft {
  const started = new Map<string, number>();
  const ended = new Set<string>();
  const known = new Map<string, number | undefined>();
  let run: LastTimes | undefined;

  function secondsOf(stage: string): number | undefined {
    if (!known.has(stage)) known.set(stage, run?.secondsOf(stage));
    return known.get(stage);
  }

  return {
    follow(event) {
      if (!("stage" in event)) return;
      if (event.kind === "stage-started") {
        run ??= times();
        started.set(event.stage, clock());
      } else if (/^stage-(cached|finished|failed)$/.test(event.kind)) {
        ended.add(event.stage);
      }
    },

    left() {
      if (run === undefined) return undefined;
      let [sum, longest] = [0, 0];
      for (const stage of run.stages) {
        if (ended.has(stage)) continue;
        const seconds = secondsOf(stage);
        if (seconds === undefined) return undefined;
        const since = started.get(stage);
        const passed = since === undefined ? 0 : (clock() - since) / 1000;
        const rest = Math.max(0, seconds - passed);
        sum += rest;
        longest = Math.max(longest, rest);
      }
      return Math.max(longest, sum / run.jobs);
    },
  };
}
