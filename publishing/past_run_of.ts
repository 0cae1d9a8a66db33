/**
 * A run for the site: what ran or failed in it, and what changed since the runs
 * before.
 *
 * @module
 */
import { placeInResult } from "../engine/history/artifact_difference.ts";
import { comparePipelines } from "../engine/history/compare_runs.ts";
import { withoutFolders } from "../engine/define/source.ts";
import type {
  HistoricRun,
  RunPipeline,
  RunStage,
} from "../engine/store/historic_run.ts";
import type { Store } from "../engine/store/store.ts";
import type {
  MovedNumber,
  PastRun,
  RunChange,
} from "../reports/runs/past_run.ts";
import {
  type ClaimChange,
  claimChanges,
} from "../reports/value/claim_changes.ts";
import { outcomeOf, stageCounts } from "./run_outcome.ts";

/** Larger results are not compared number by number; a fit or a mean is smaller. */
const MOST_BYTES = 4096;

/** The site shows so many numbers of a stage. */
const MOST_NUMBERS = 6;

/** A stage that none of so many runs of its pipeline has reached counts as new. */
const MOST_BEFORE = 8;

/** The runs before one, and the store that has the results of all of them. */
export interface Before {
  /** The runs of a pipeline at the same profile before it, newest first; read as far as they are needed. */
  readonly earlier: (pipeline: string) => Iterable<HistoricRun>;
  readonly store: Store;
}

/** What the site says of a run. */
export async function pastRunOf(
  run: HistoricRun,
  before: Before,
): Promise<PastRun> {
  const { id, started, seconds, profile, commit, edited, device } = run;
  const outcome = outcomeOf(run);
  return {
    id,
    started,
    seconds,
    profile,
    commit,
    edited,
    device,
    outcome: outcome === "running" ? "stopped" : outcome, // by whoever killed it
    stages: stageCounts(run),
    pipelines: Object.keys(run.pipelines),
    changes: await changesOf(run, before),
  };
}

async function changesOf(
  run: HistoricRun,
  { earlier, store }: Before,
): Promise<readonly RunChange[]> {
  const changes: RunChange[] = [];
  for (const [pipeline, after] of Object.entries(run.pipelines)) {
    const before = stateBefore(pipeline, earlier(pipeline));
    if (before === undefined) continue;
    const claims = claimsOf(claimChanges([before, after]));
    if (claims.causes.length + claims.numbers.length > 0) {
      changes.push({ pipeline, stage: "", ...claims });
    }
    const { stages } = await comparePipelines([before, after], {
      store,
      mostBytes: MOST_BYTES,
      recordedCauses: true,
    });
    for (const { stage, causes, differences } of stages) {
      const numbers = differences.flatMap((one): MovedNumber[] =>
        one.kind === "number"
          ? [{
            what: placeInResult(one),
            before: one.before,
            after: one.after,
          }]
          : []
      ).slice(0, MOST_NUMBERS);
      changes.push({
        pipeline,
        stage,
        causes: causes.map(withoutFolders),
        numbers,
      });
    }
  }
  return changes;
}

/** Each stage of a pipeline as the runs before left it, back to the last one that reached them all. */
function stateBefore(
  pipeline: string,
  earlier: Iterable<HistoricRun>,
): RunPipeline | undefined {
  const stages: Record<string, RunStage> = {};
  let found: RunPipeline | undefined;
  let looked = 0;
  for (const { pipelines, state } of earlier) {
    const one = pipelines[pipeline];
    if (one === undefined) continue;
    for (const [name, stage] of Object.entries(one.stages)) {
      if (stage.key !== undefined) stages[name] ??= stage;
    }
    found = { summary: found?.summary ?? one.summary, stages };
    if (state === "finished" || ++looked === MOST_BEFORE) break;
  }
  return found;
}

/** Verdicts and rules that changed, and estimates that moved. */
function claimsOf(
  changes: readonly ClaimChange[],
): Pick<RunChange, "causes" | "numbers"> {
  return {
    causes: changes.flatMap(({ claim, before, after, rule }) => [
      ...before === after
        ? []
        : [`${claim}: ${before ?? "added"} → ${after ?? "removed"}`],
      ...rule === undefined
        ? []
        : [`rule of ${claim}: ${rule.before} → ${rule.after}`],
    ]),
    numbers: changes.flatMap(({ claim, estimates }) =>
      estimates.map(({ title, unit, before, after }) => ({
        what: title === undefined ? claim : `${claim}, ${title}`,
        unit,
        before,
        after,
      }))
    ),
  };
}
