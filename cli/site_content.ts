/**
 * What a site shows: reports, the run behind them, its history and its stages.
 *
 * @module
 */
import type { ProfileName } from "../engine/pipeline.ts";
import type { Reproduced } from "../engine/reproduce.ts";
import { runHistory } from "../engine/run_history.ts";
import type { Store } from "../engine/store.ts";
import type { Report } from "../reports/report.ts";
import type { SiteOptions } from "../reports/site.ts";
import { gitCommit } from "./git_commit.ts";
import { gitRepository } from "./git_repository.ts";
import { idOfResults } from "./id_of_results.ts";
import { provenanceOf } from "./provenance_of.ts";
import { runRecordOf } from "./run_record_of.ts";
import type { ChosenDevice, Shell } from "./shell.ts";
import { pastRunsIn, toldRuns } from "./told_runs.ts";

/** What pipelines gave, and where. */
export interface SiteSources {
  readonly shell: Pick<Shell, "root" | "clock">;
  readonly store: Store;
  readonly profile: ProfileName;
  readonly device: ChosenDevice;
}

/** The content of a site of some pipelines, in their order; those without output are left out. */
export async function siteContent(
  results: readonly Reproduced<Report>[],
  { shell, store, profile, device }: SiteSources,
): Promise<SiteOptions> {
  const runs = await toldRuns(store);
  const lastRan = (pipeline: string) => {
    const last = runs.findLast((run) =>
      run.profile === profile && run.ran.includes(pipeline)
    );
    return last && runHistory(store.folder).list([last.id])[0];
  };
  const shown = results.flatMap((done) =>
    done.output.kind === "value" ? [{ done, report: done.output.value }] : []
  );
  const all = shown.map(({ done }) => done);
  return {
    reports: shown.map(({ report }) => report),
    run: runRecordOf(
      Object.fromEntries(
        all.map(({ name, result }) => [name, [...result.records.values()]]),
      ),
      {
        commit: gitCommit(shell.root),
        repository: gitRepository(shell.root),
        ...{ device, profile, now: shell.clock() },
      },
    ),
    id: idOfResults(all, { profile, runs }),
    history: pastRunsIn(runs, profile),
    provenance: new Map(
      shown.map(({ done, report }) => [
        report.id,
        provenanceOf(done, {
          root: shell.root,
          lastRan: () => lastRan(done.name),
        }),
      ]),
    ),
  };
}
