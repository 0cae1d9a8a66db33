/**
 * What is stated of the files of one figure, one report or the rest of a site.
 *
 * @module
 */
import { lineageOf } from "../../engine/history/lineage.ts";
import type { StageRecord } from "../../engine/store/store.ts";
import type { SiteManifest } from "../../reports/site/manifest.ts";
import type { MadePipeline } from "../lineage/made_pipeline.ts";
import type { OutputEntry } from "../lineage/output_entries.ts";
import { materialsOf } from "./materials.ts";
import type { SiteArtifact } from "./site_artifacts.ts";
import { statementOf } from "./statement.ts";

/** How to read `externalParameters`: the arguments of `reproduce`, and what of its output is meant. */
const BUILD_TYPE = "pkg:generic/shiftline#reproduce-v1";

/** A report of a site: its pipeline and what is on its pages. */
export interface SiteReport {
  readonly made: MadePipeline;
  readonly entries: readonly OutputEntry[];
}

/** The statement about some files of a run, as the bytes that are signed. */
export function siteStatement(
  { report, figure, paths }: SiteArtifact,
  { run, reports, found, prefix, root, version }: {
    readonly run: SiteManifest["run"];
    /** The reports of the run, by id. */
    readonly reports: ReadonlyMap<string, SiteReport>;
    /** SHA-256 of each file of the whole site. */
    readonly found: ReadonlyMap<string, string>;
    /** What stands before the paths of this run on the whole site. */
    readonly prefix: string;
    /** Folder of the project. */
    readonly root: string;
    /** Versions of shiftline and Deno. */
    readonly version: Readonly<Record<string, string>>;
  },
): Uint8Array {
  const { id, profile, commit, edited } = run;
  const behind = [...reports]
    .filter(([id]) => report === undefined || id === report)
    .map(([, one]) => stagesBehind(one, figure));
  const records = behind.flatMap(({ records }) => records);
  const sources = behind.flatMap(({ sources }) => sources);
  const code = commit === null ? [] : [{
    name: "commit",
    digest: { gitCommit: commit },
    ...edited?.length ? { annotations: { edited } } : {},
  }];
  const subject = paths.map((path) => `${prefix}${path}`).map((name) => ({
    name,
    digest: { sha256: found.get(name) ?? "" },
  }));
  const command = { command: "reproduce", profile };
  return statementOf(subject, {
    buildDefinition: {
      buildType: BUILD_TYPE,
      externalParameters: { ...command, pipeline: report, figure },
      internalParameters: environmentOf(records),
      resolvedDependencies: [
        ...code,
        ...materialsOf(records, { sources, root }),
      ],
    },
    runDetails: {
      builder: { id: "pkg:generic/shiftline", version },
      metadata: {
        invocationId: id,
        startedOn: run.started,
        finishedOn: records.map(({ finishedAt }) => finishedAt).sort().at(-1),
      },
      byproducts: behind.flatMap(({ byproducts }) => byproducts),
    },
  });
}

/** The stages behind a figure, or behind a whole report, and the artifacts that are shown. */
function stagesBehind(
  { made: { open: { graph }, recordOf }, entries }: SiteReport,
  figure: string | undefined,
) {
  const shown = entries.find(({ id }) => id === figure)?.artifacts;
  const roots = shown?.map(({ stage }) => stage) ??
    graph.nodes.map(({ stage }) => stage.name);
  const stages = lineageOf(graph, { roots, recordOf });
  return {
    records: stages.flatMap(({ name }) => recordOf(name) ?? []),
    sources: stages.flatMap(({ source }) => source ?? []),
    byproducts: (shown ?? []).flatMap(({ stage, field }) => {
      const sha256 = recordOf(stage)?.outputs[field]?.digest;
      return sha256 === undefined
        ? []
        : [{ name: `${field} of ${stage}`, digest: { sha256 } }];
    }),
  };
}

/** Device, platform and the like; several values of one where stages ran on several. */
function environmentOf(
  records: readonly StageRecord[],
): Readonly<Record<string, string>> {
  const all = records.flatMap(({ key }) => Object.entries(key.environment));
  const names = [...Map.groupBy(all, ([name]) => name)];
  return Object.fromEntries(
    names.sort(([a], [b]) => a < b ? -1 : 1).map(([name, found]) => {
      const values = new Set(found.map(([, value]) => value));
      return [name, [...values].sort().join(", ")];
    }),
  );
}
