import type { HistoricRun } from "../engine/run_history.ts";
import type { PastRun } from "../reports/run_history.ts";

/** How many stages of a run ran, were taken from the store, and have no result. */
export function stageCounts({ pipelines }: HistoricRun): PastRun["stages"] {
  const states = Object.values(pipelines)
    .flatMap(({ stages }) => Object.values(stages).map(({ state }) => state));
  const number = (...which: readonly string[]) =>
    states.filter((state) => which.includes(state)).length;
  return {
    ran: number("ran"),
    reused: number("reused"),
    failed: number("failed", "blocked"),
  };
}
