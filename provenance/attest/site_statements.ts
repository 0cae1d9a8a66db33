/**
 * What is stated of the files of a run on a site: of those of each figure, of
 * each report, and of the rest.
 *
 * @module
 */
import { lineageOf } from "../../engine/history/lineage.ts";
import { folderOfRun } from "../../reports/runs/published_run.ts";
import { MANIFEST, type SiteManifest } from "../../reports/site/manifest.ts";
import type { MadePipeline } from "../lineage/made_pipeline.ts";
import { entriesOf, type OutputEntry } from "../lineage/output_entries.ts";
import type { SigningKey } from "./ed25519_keys.ts";
import { materialsOf, type StageBehind } from "./materials.ts";
import { signedStatement } from "./signed_statement.ts";

/** How to read `externalParameters`: the arguments of `reproduce`, and what of its output is meant. */
const BUILD_TYPE = "pkg:generic/shiftline#reproduce-v1";

/** The statements about the files that the manifest of a run lists, and about it, signed, each as JSON. */
export async function siteStatements(
  { run, files, runs }: SiteManifest,
  { pipelines, prefix, found, root, version, signingKey }: {
    /** What made its reports. */
    readonly pipelines: readonly MadePipeline[];
    /** What stands before the paths of the run on the whole site. */
    readonly prefix: string;
    /** SHA-256 of each file of the whole site. */
    readonly found: ReadonlyMap<string, string>;
    /** Folder of the project. */
    readonly root: string;
    /** Version of shiftline. */
    readonly version: string;
    readonly signingKey: SigningKey;
  },
): Promise<readonly string[]> {
  const { id, profile, started, commit, edited } = run;
  const entries = new Map<string, readonly OutputEntry[]>();
  for (const made of pipelines) {
    entries.set(made.open.name, await entriesOf(made));
  }
  const code = commit === null ? [] : [{
    name: "commit",
    digest: { gitCommit: commit },
    annotations: edited?.length ? { edited } : undefined,
  }];
  // Runs with pages of their own are signed as what they are.
  const own = [...Object.keys(files), MANIFEST]
    .filter((path) => !runs.some((one) => path.startsWith(folderOfRun(one))));
  const artifacts = siteArtifacts(own, entries);
  return await Promise.all(artifacts.map(async ({ report, figure, paths }) => {
    const shown = entries.get(report ?? "")?.find(({ id }) => id === figure)
      ?.artifacts;
    const stages = pipelines
      .filter(({ open }) => report === undefined || open.name === report)
      .flatMap((made) => stagesBehind(made, shown));
    const ends = stages.flatMap(({ finishedAt }) => finishedAt ?? []);
    const predicate = {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: {
          command: "reproduce",
          profile,
          pipeline: report,
          figure,
        },
        internalParameters: environmentOf(stages),
        resolvedDependencies: [...code, ...await materialsOf(stages, root)],
      },
      runDetails: {
        builder: {
          id: "pkg:generic/shiftline",
          version: { shiftline: version, deno: Deno.version.deno },
        },
        metadata: {
          invocationId: id,
          startedOn: started,
          finishedOn: ends.sort().at(-1),
        },
        byproducts: (shown ?? []).flatMap(({ stage, field }) => {
          const maker = stages.find(({ name }) => name === stage);
          const sha256 = maker?.outputs[field]?.digest;
          const name = `${field} of ${stage}`;
          return sha256 === undefined ? [] : [{ name, digest: { sha256 } }];
        }),
      },
    };
    const subject = paths.map((path) => `${prefix}${path}`).map((name) => ({
      name,
      digest: { sha256: found.get(name) ?? "" },
    }));
    return signedStatement(subject, { predicate, signingKey });
  }));
}

/**
 * Sorts the files of a run by what they show: a figure, another page of a
 * report, or neither.
 *
 * @param reports what is on the pages of each report, by its id
 */
export function siteArtifacts(
  files: readonly string[],
  reports: ReadonlyMap<string, readonly { readonly id: string }[]>,
): readonly {
  readonly report?: string;
  readonly figure?: string;
  /** Sorted. */
  readonly paths: readonly string[];
}[] {
  const groups = Map.groupBy(files.toSorted(), (path) => {
    const [report = "", next = ""] = path.split("/");
    const figure = next.replace(/\.[a-z]+$/, "");
    const entries = reports.get(report);
    if (entries === undefined) return "{}";
    const isFigure = entries.some(({ id }) => id === figure);
    return JSON.stringify(isFigure ? { report, figure } : { report });
  });
  return [...groups].map(([shown, paths]) => ({ ...JSON.parse(shown), paths }));
}

/** The stages of a pipeline behind some artifacts, or all of them. */
function stagesBehind(
  { open: { graph }, recordOf }: MadePipeline,
  shown: OutputEntry["artifacts"] | undefined,
) {
  const roots = shown?.map(({ stage }) => stage) ??
    graph.nodes.map(({ stage }) => stage.name);
  return lineageOf(graph, { roots, recordOf }).map((stage): StageBehind => ({
    ...stage,
    code: recordOf(stage.name)?.key.code ?? {},
  }));
}

/** Device, platform and the like; several values of one where stages ran on several. */
function environmentOf(stages: readonly StageBehind[]) {
  const all = stages.flatMap((stage) => Object.entries(stage.environment));
  const names = [...new Set(all.map(([name]) => name))].sort();
  return Object.fromEntries(names.map((name) => {
    const values = all.flatMap(([one, value]) => one === name ? value : []);
    return [name, [...new Set(values)].sort().join(", ")];
  }));
}
