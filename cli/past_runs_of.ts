/**
 * Earlier runs for the site: those in which something ran or failed, with what
 * changed since the run before.
 *
 * @module
 */
import { comparePipelines } from "../engine/compare_runs.ts";
import type {
  HistoricRun,
  RunPipeline,
  RunStage,
} from "../engine/run_history.ts";
import type { Store } from "../engine/store.ts";
import type {
  MovedNumber,
  PastRun,
  RunChange,
} from "../reports/run_history.ts";
import { type ClaimChange, claimChanges } from "./claim_changes.ts";
import { stageCounts } from "./stage_counts.ts";

/** So many runs are told. */
const MOST_RUNS = 30;

/** Numbers of larger results are not told; a fit or a mean is smaller. */
const MOST_BYTES = 4096;

/** So many numbers of a stage are told. */
const MOST_NUMBERS = 6;

/**
 * The runs of a profile, newest first. A run that found everything in the
 * store is left out, so that running again changes no byte of the site.
 *
 * @param runs the history of the store, oldest first
 */
export async function pastRunsOf(
  runs: readonly HistoricRun[],
  { profile, store }: { readonly profile: string; readonly store: Store },
): Promise<readonly PastRun[]> {
  const same = runs.filter((run) =>
    run.profile === profile && run.state !== "running"
  );
  const past: PastRun[] = [];
  for (let i = same.length - 1; i >= 0 && past.length < MOST_RUNS; i--) {
    const run = same[i];
    if (run === undefined) continue;
    const stages = stageCounts(run);
    if (stages.ran + stages.failed === 0) continue;
    const { id, started, seconds, commit, device } = run;
    past.push({
      ...{ id, started, seconds, profile, commit, device, stages },
      pipelines: Object.keys(run.pipelines),
      changes: await changesOf(run, { earlier: same.slice(0, i), store }),
    });
  }
  return past;
}

async function changesOf(
  run: HistoricRun,
  { earlier, store }: {
    readonly earlier: readonly HistoricRun[];
    readonly store: Store;
  },
): Promise<readonly RunChange[]> {
  const changes: RunChange[] = [];
  for (const [pipeline, after] of Object.entries(run.pipelines)) {
    const before = stateBefore(pipeline, earlier);
    if (before === undefined) continue;
    const claims = claimsOf(claimChanges([before, after]));
    if (claims.causes.length + claims.numbers.length > 0) {
      changes.push({ pipeline, stage: "", ...claims });
    }
    const { stages } = await comparePipelines([before, after], {
      ...{ store, mostBytes: MOST_BYTES, asTold: true },
    });
    for (const { stage, causes, differences } of stages) {
      const numbers = differences.flatMap((one): MovedNumber[] =>
        one.kind === "number"
          ? [{ what: one.path, before: one.before, after: one.after }]
          : []
      ).slice(0, MOST_NUMBERS);
      changes.push({ pipeline, stage, causes, numbers });
    }
  }
  return changes;
}

/** Each stage of a pipeline as the runs before left it, back to the last one that reached them all. */
function stateBefore(
  pipeline: string,
  earlier: readonly HistoricRun[],
): RunPipeline | undefined {
  const stages: Record<string, RunStage> = {};
  let found: RunPipeline | undefined;
  for (const run of earlier.toReversed()) {
    const one = run.pipelines[pipeline];
    if (one === undefined) continue;
    for (const [name, stage] of Object.entries(one.stages)) {
      if (stage.key !== undefined) stages[name] ??= stage;
    }
    found = { summary: found?.summary ?? one.summary, stages };
    if (run.state === "finished") break;
  }
  return found;
}

/** Verdicts that changed, and estimates that moved. */
function claimsOf(
  changes: readonly ClaimChange[],
): Pick<RunChange, "causes" | "numbers"> {
  return {
    causes: changes.flatMap(({ claim, before, after }) =>
      before === after
        ? []
        : [`${claim}: ${before ?? "added"} → ${after ?? "removed"}`]
    ),
    numbers: changes.flatMap(({ claim, estimates }) =>
      estimates.map(({ title, before, after }) => ({
        what: title === undefined ? claim : `${claim}, ${title}`,
        ...{ before, after },
      }))
    ),
  };
}
