/**
 * `sign`: states of every figure and page of a site what it was made from, and
 * signs that.
 *
 * @module
 */
import { join, relative, resolve } from "node:path";
import { openProject, type Project } from "../../engine/project.ts";
import {
  MANIFEST,
  readManifest,
  type SiteManifest,
} from "../../reports/manifest.ts";
import { folderOfRun } from "../../reports/published_run.ts";
import { checkFiles, SIGNATURES } from "../attest/check_files.ts";
import { sign } from "../attest/dsse.ts";
import { readPrivateKey } from "../attest/ed25519_keys.ts";
import { siteArtifacts } from "../attest/site_artifacts.ts";
import {
  signedPaths,
  type SiteReport,
  siteStatement,
} from "../attest/site_statement.ts";
import { PAYLOAD_TYPE } from "../attest/statement.ts";
import { profileNamed } from "../choose.ts";
import { count } from "../display/quantities.ts";
import type { Sign } from "../grammar/sign.ts";
import { entriesOf, type MadePipeline } from "../lineage_target.ts";
import { pathFrom, projectOf } from "../project_of.ts";
import type { Registry, Shell } from "../shell.ts";
import { textOfFile } from "../text_of_file.ts";

/** @returns the exit code */
export async function run(command: Sign, shell: Shell): Promise<number> {
  const { root, stdout, stderr } = shell;
  const folder = resolve(shell.folder, command.site);
  const key = await readKey(command, { shell, folder });
  const { manifest, found, changed, missing } = await checkFiles(
    folder,
    command.site,
  );
  const [wrong, ...others] = [...changed, ...missing];
  if (wrong !== undefined) {
    throw new Error(
      `Cannot sign site "${command.site}": ${wrong}${
        others.length === 0
          ? " is"
          : ` and ${count(others.length, "more file")} are`
      } not as ${MANIFEST} says; deno task reproduce writes it anew`,
    );
  }
  const registry = await shell.registry();
  const project = await openProject(
    projectOf(shell, { store: command.store, environments: [] }),
  );
  const version = { shiftline: shell.version, deno: Deno.version.deno };
  const envelopes: string[] = [];
  let lacking = 0;
  for (const { prefix, manifest: own } of await runsOf(folder, manifest)) {
    const reports = await reportsOf(own, { registry, project });
    lacking += own.stages.filter(({ key }) =>
      project.store.record(key) === undefined
    ).length;
    const figures = new Map(
      [...reports].map((
        [id, { entries }],
      ) => [id, entries.map(({ id }) => id)]),
    );
    for (const artifact of siteArtifacts(signedPaths(own), figures)) {
      const statement = siteStatement(artifact, {
        ...{ manifest: own, reports, prefix, found, root, version },
      });
      const envelope = await sign(statement, {
        payloadType: PAYLOAD_TYPE,
        key,
      });
      envelopes.push(JSON.stringify(envelope));
    }
  }
  const path = join(folder, SIGNATURES);
  await Deno.writeTextFile(`${path}.part`, `${envelopes.join("\n")}\n`);
  await Deno.rename(`${path}.part`, path);
  if (lacking > 0) {
    stderr.write(
      `${
        count(lacking, "stage")
      } not in this store: of what they were made from nothing is stated\n`,
    );
  }
  stdout.write(
    `Signed ${count(envelopes.length, "statement")} with key ${key.id}: ${
      pathFrom(shell.folder, path)
    }\n`,
  );
  return 0;
}

async function readKey(
  { key }: Sign,
  { shell, folder }: { readonly shell: Shell; readonly folder: string },
) {
  const path = resolve(shell.folder, key);
  if (!relative(folder, path).startsWith("..")) {
    throw new Error(
      `Cannot sign with key "${key}": it lies in the site, and would be published with it`,
    );
  }
  const text = await textOfFile(path, { what: `key "${key}"` });
  return await readPrivateKey(text, key);
}

/** The run that a site shows, and those that have pages of their own on it. */
async function runsOf(
  folder: string,
  manifest: SiteManifest,
): Promise<
  readonly { readonly prefix: string; readonly manifest: SiteManifest }[]
> {
  const runs = await Promise.all(manifest.runs.map(async (run) => {
    const prefix = folderOfRun(run);
    const text = await Deno.readTextFile(join(folder, prefix, MANIFEST));
    return { prefix, manifest: readManifest(text) };
  }));
  return [{ prefix: "", manifest }, ...runs];
}

/** The reports of a run, as far as their pipelines are still there. */
async function reportsOf(
  { run, stages }: SiteManifest,
  { registry, project }: {
    readonly registry: Registry;
    readonly project: Project;
  },
): Promise<ReadonlyMap<string, SiteReport>> {
  const profile = profileNamed(run.profile);
  const reports = new Map<string, SiteReport>();
  for (const pipeline of registry.pipelines) {
    const keys = new Map(
      stages.filter((one) => one.pipeline === pipeline.name)
        .map(({ stage, key }) => [stage, key]),
    );
    if (keys.size === 0 || !pipeline.profiles.includes(profile)) continue;
    const made: MadePipeline = {
      open: project.open(pipeline, profile),
      recordOf: (stage) => project.store.record(keys.get(stage) ?? ""),
    };
    reports.set(pipeline.name, { made, entries: await entriesOf(made) });
  }
  return reports;
}
