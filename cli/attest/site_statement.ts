/**
 * What is stated of the files of one figure, one report or the rest of a site.
 *
 * @module
 */
import { lineageOf, type LineageStage } from "../../engine/lineage.ts";
import type { StageRecord } from "../../engine/store.ts";
import { MANIFEST, type SiteManifest } from "../../reports/manifest.ts";
import type { MadePipeline, OutputEntry } from "../lineage_target.ts";
import { materialsOf } from "./materials.ts";
import type { SiteArtifact } from "./site_artifacts.ts";
import { type ResourceDescriptor, statementOf } from "./statement.ts";

/** A report of a site: its pipeline and what is on its pages. */
export interface SiteReport {
  readonly made: MadePipeline;
  readonly entries: readonly OutputEntry[];
}

/** What a statement is taken from. */
export interface SiteStatementOptions {
  readonly manifest: SiteManifest;
  /** By id. */
  readonly reports: ReadonlyMap<string, SiteReport>;
  /** What stands before the paths of this run on the whole site. */
  readonly prefix: string;
  /** SHA-256 of each file of the whole site. */
  readonly found: ReadonlyMap<string, string>;
  /** Folder of the project. */
  readonly root: string;
  /** Versions of shiftline and Deno. */
  readonly version: Readonly<Record<string, string>>;
}

/** The statement about some files, as the bytes that are signed. */
export function siteStatement(
  { report, figure, paths }: SiteArtifact,
  options: SiteStatementOptions,
): Uint8Array {
  const { manifest, reports, prefix, found, root, version } = options;
  const shown = report === undefined
    ? [...reports.values()].map((one) => behind(one, undefined))
    : [behind(reports.get(report), figure)];
  const stages = shown.flatMap(({ stages }) => stages);
  const records = shown.flatMap(({ records }) => records);
  const { run: { id, profile, started, commit, edited } } = manifest;
  return statementOf({
    subject: paths.map((path) => ({
      name: `${prefix}${path}`,
      digest: { sha256: found.get(`${prefix}${path}`) ?? "" },
    })),
    externalParameters: {
      command: "reproduce",
      profile,
      ...(report === undefined ? {} : { pipeline: report }),
      ...(figure === undefined ? {} : { figure }),
    },
    internalParameters: environmentOf(records),
    resolvedDependencies: materialsOf(stages, {
      ...{ records, root, commit, edited },
    }),
    byproducts: shown.flatMap(({ byproducts }) => byproducts),
    version,
    invocationId: id,
    startedOn: started,
    finishedOn: records.map(({ finishedAt }) => finishedAt).sort().at(-1),
  });
}

interface Behind {
  readonly stages: readonly LineageStage[];
  readonly records: readonly StageRecord[];
  /** The artifacts that are shown. */
  readonly byproducts: readonly ResourceDescriptor[];
}

/** The stages behind a figure, or behind a whole report. */
function behind(
  report: SiteReport | undefined,
  figure: string | undefined,
): Behind {
  if (report === undefined) return { stages: [], records: [], byproducts: [] };
  const { made: { open: { graph }, recordOf }, entries } = report;
  const shown = entries.find(({ id }) => id === figure)?.artifacts;
  const roots = shown?.map(({ stage }) => stage) ??
    graph.nodes.map(({ stage }) => stage.name);
  const stages = lineageOf(graph, { roots, recordOf });
  return {
    stages,
    records: stages.flatMap(({ name }) => recordOf(name) ?? []),
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
  const values = new Map<string, Set<string>>();
  for (const { key } of records) {
    for (const [name, value] of Object.entries(key.environment)) {
      values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  return Object.fromEntries(
    [...values].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([name, found]) => [name, [...found].sort().join(", ")]),
  );
}

/** All paths of a run that are signed: what its manifest lists, and the manifest. */
export function signedPaths({ files, runs }: SiteManifest): readonly string[] {
  // Runs with pages of their own are signed as what they are.
  const own = Object.keys(files).filter((path) =>
    !runs.some(({ id }) => path.startsWith(`runs/${id}/`))
  );
  return [...own, MANIFEST];
}
