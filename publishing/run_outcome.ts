import type { HistoricRun } from "../engine/store/historic_run.ts";
import type { RunOutcome } from "../reports/runs/past_run.ts";

/**
 * How a run ended, in the words of `reproduce`: where nothing failed but that
 * published sources cannot be had, it did what could be done.
 */
export function outcomeOf(
  { state, pipelines }: HistoricRun,
): RunOutcome | "running" {
  if (state !== "failed") return state;
  const failed = Object.values(pipelines)
    .flatMap(({ stages }) => Object.values(stages))
    .filter(({ state }) => state === "failed");
  return failed.length > 0 && failed.every(({ unavailable }) => unavailable)
    ? "not reproduced in full"
    : "failed";
}
