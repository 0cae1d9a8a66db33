/**
 * What a site shows: reports, the run behind them, its history and its stages.
 *
 * @module
 */
import { join } from "node:path";
import type { Reproduced } from "../engine/run/open_pipeline.ts";
import { runHistory } from "../engine/store/run_history.ts";
import type { Report } from "../reports/value/report.ts";
import type { SiteOptions } from "../reports/site/site.ts";
import { gitCommit, repositoryOf } from "../provenance/git/git_checkout.ts";
import { gitEdits } from "../provenance/git/git_edits.ts";
import { idOfResults } from "./id_of_results.ts";
import { provenanceOf } from "./stage_provenance_of.ts";
import { runRecordOf } from "./run_record_of.ts";
import type { SiteSources } from "./site_sources.ts";
import { guideOf } from "./guide_files.ts";
import { endedRuns, pastRunsIn } from "./ended_runs.ts";

/** The content of a site of some pipelines, in their order; those without output are left out. */
export async function siteContent(
  results: readonly Reproduced<Report>[],
  { root, siteModule, project, profile, device, clock, earlier, awaited }:
    SiteSources,
): Promise<SiteOptions> {
  const { store } = project;
  const runs = await endedRuns(store);
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
  const modules = all.map(({ pipeline }) => pipeline.module);
  if (siteModule !== undefined) modules.push(siteModule);
  const commit = gitCommit(root);
  const guide = guideOf(root);
  const pages = [...guide.keys()].map((path) => join(root, path));
  const edited = await project.filesOf(modules).then(
    (files) => gitEdits([...files, ...pages], { root, commit }),
    () => undefined, // code that cannot be read is said where it runs
  );
  return {
    reports: shown.map(({ report }) => report),
    run: runRecordOf(
      Object.fromEntries(
        all.map(({ name, result }) => [name, [...result.records.values()]]),
      ),
      {
        commit,
        edited,
        accepted: Object.fromEntries(
          all.map(({ name, result }) => [name, result.accepted.size]),
        ),
        earlier,
        awaited,
        repository: repositoryOf(root),
        device,
        profile,
        now: clock(),
      },
    ),
    id: idOfResults(all, { profile, runs }),
    history: pastRunsIn(runs, profile),
    guide,
    provenance: new Map(
      shown.map(({ done, report }) => [
        report.id,
        provenanceOf(done, {
          root,
          lastRan: () => lastRan(done.name),
        }),
      ]),
    ),
  };
}
