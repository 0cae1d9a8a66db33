import type { HistoricRun } from "../engine/store/historic_run.ts";
import type { PastRun } from "../reports/runs/past_run.ts";

/** Runs in which nothing changed share what they say, and there are many. */
const counted = new WeakMap<HistoricRun["pipelines"], PastRun["stages"]>();

/** How many stages of a run ran, were taken from the store, and have no result. */
export function stageCounts({ pipelines }: HistoricRun): PastRun["stages"] {
  let counts = counted.get(pipelines);
  if (counts === undefined) counted.set(pipelines, counts = count(pipelines));
  return counts;
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
