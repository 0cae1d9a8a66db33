/**
 * What became of a run: how it ended, and of how many stages it has results.
 *
 * @module
 */
import type { HistoricRun } from "../engine/store/historic_run.ts";
import { isPresent } from "../engine/store/presence.ts";
import type { Store } from "../engine/store/store.ts";
import type { PastRun, RunOutcome } from "../reports/runs/past_run.ts";

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
    ? "without published files"
    : "failed";
}

/** Whether a run may still go on; of one that was killed nothing says so but that its process is gone. */
export function goesOn(
  { state, presence }: HistoricRun,
  { folder }: Pick<Store, "folder">,
): boolean {
  return state === "running" &&
    (presence === undefined || isPresent(folder, presence));
}

/** Runs in which nothing changed share what they say, and there are many. */
const counted = new WeakMap<HistoricRun["pipelines"], PastRun["stages"]>();

/** How many stages of a run ran, were taken from the store, and have no result. */
export function stageCounts({ pipelines }: HistoricRun): PastRun["stages"] {
  return counted.getOrInsertComputed(pipelines, count);
}

function count(pipelines: HistoricRun["pipelines"]): PastRun["stages"] {
  const counts = { ran: 0, reused: 0, failed: 0 };
  for (const { stages } of Object.values(pipelines)) {
    for (const { state } of Object.values(stages)) {
      counts[state === "blocked" ? "failed" : state]++;
    }
  }
  return counts;
}
