/**
 * `sign`: states of every figure and page of a site what it was made from, and
 * signs that.
 *
 * @module
 */
import { join, relative, resolve } from "node:path";
import { openProject, type Project } from "../../engine/run/project.ts";
import {
  MANIFEST,
  readManifest,
  type SiteManifest,
} from "../../reports/site/manifest.ts";
import { folderOfRun } from "../../reports/runs/published_run.ts";
import { checkFiles, SIGNATURES } from "../../provenance/attest/check_site.ts";
import { sign } from "../../provenance/attest/dsse.ts";
import { readSigningKey } from "../../provenance/attest/ed25519_keys.ts";
import { siteArtifacts } from "../../provenance/attest/site_artifacts.ts";
import {
  type SiteReport,
  siteStatement,
} from "../../provenance/attest/site_statement.ts";
import { PAYLOAD_TYPE } from "../../provenance/attest/statement.ts";
import { profileNamed, STORE, VERBOSE } from "../arguments/options.ts";
import { count } from "../display/quantities.ts";
import { madePipeline } from "../../provenance/lineage/made_pipeline.ts";
import { entriesOf } from "../../provenance/lineage/output_entries.ts";
import { pathFrom, projectOf, textOfFile } from "../named/places.ts";
import type { Registry, Shell } from "../shell/shell.ts";
import { text } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `sign`, and the words beside them. */
export const words = {
  site: {
    positional: true,
    value: text("SITE"),
    needed: "Cannot sign a site: none is named",
    help: "Folder of the site.",
  },
  key: {
    value: text("FILE"),
    needed: true,
    help:
      "Private Ed25519 key in PEM, as `openssl genpkey -algorithm ed25519 -out key.pem` makes it.",
  },
  store: STORE,
  verbose: VERBOSE,
} as const satisfies Words;

/** What a line asks of `sign`. */
type Sign = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Sign, shell: Shell): Promise<number> {
  const { site } = command;
  const folder = resolve(shell.folder, site);
  const pem = resolve(shell.folder, command.key);
  if (!relative(folder, pem).startsWith("..")) {
    throw new Error(
      `Cannot sign with key "${command.key}": it lies in the site, and would be published with it`,
    );
  }
  const what = `key "${command.key}"`;
  const signingKey = readSigningKey(
    await textOfFile(pem, { what }),
    command.key,
  );
  const { manifest, found, changed, missing } = await checkFiles(folder, site);
  const [wrong, ...others] = [...changed, ...missing];
  if (wrong !== undefined) {
    const rest = others.length === 0
      ? " is"
      : ` and ${count(others.length, "more file")} are`;
    throw new Error(
      `Cannot sign site "${site}": ${wrong}${rest} not as ${MANIFEST} says; deno task reproduce writes it anew`,
    );
  }
  const registry = await shell.registry();
  const project = await openProject(
    projectOf(shell, { store: command.store, environments: [] }),
  );
  const version = { shiftline: shell.version, deno: Deno.version.deno };
  const runs = ["", ...manifest.runs.map(folderOfRun)];
  const lines: string[] = [];
  let lacking = 0;
  for (const prefix of runs) {
    const own = readManifest(
      await Deno.readTextFile(join(folder, prefix, MANIFEST)),
    );
    lacking += own.stages.filter(({ key }) =>
      project.store.record(key) === undefined
    ).length;
    const reports = await reportsOf(own, { registry, project });
    const figures = new Map(
      [...reports].map((
        [id, { entries }],
      ) => [id, entries.map(({ id }) => id)]),
    );
    for (const artifact of siteArtifacts(signedPaths(own), figures)) {
      const statement = siteStatement(artifact, {
        run: own.run,
        reports,
        prefix,
        found,
        version,
        root: shell.root,
      });
      const envelope = sign(statement, {
        payloadType: PAYLOAD_TYPE,
        signingKey,
      });
      lines.push(`${JSON.stringify(envelope)}\n`);
    }
  }
  const path = join(folder, SIGNATURES);
  await Deno.writeTextFile(`${path}.part`, lines.join(""));
  await Deno.rename(`${path}.part`, path);
  if (lacking > 0) {
    shell.stderr.write(
      `${
        count(lacking, "stage")
      } not in this store: of what they were made from nothing is stated\n`,
    );
  }
  const statements = count(lines.length, "statement");
  shell.stdout.write(
    `Signed ${statements} with key ${signingKey.id}: ${
      pathFrom(shell.folder, path)
    }\n`,
  );
  return 0;
}

/** What the manifest of a run lists, and the manifest; runs with pages of their own are signed as what they are. */
function signedPaths({ files, runs }: SiteManifest): readonly string[] {
  const folders = runs.map(folderOfRun);
  const isOwn = (path: string) =>
    !folders.some((folder) => path.startsWith(folder));
  return [...Object.keys(files).filter(isOwn), MANIFEST];
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
  const byPipeline = Map.groupBy(stages, ({ pipeline }) => pipeline);
  const reports = new Map<string, SiteReport>();
  for (const pipeline of registry.pipelines) {
    const own = byPipeline.get(pipeline.name);
    if (own === undefined || !pipeline.profiles.includes(profile)) continue;
    const keys = new Map(own.map(({ stage, key }) => [stage, key]));
    const keyOf = (stage: string) => keys.get(stage);
    const made = madePipeline(pipeline, { project, profile, keyOf });
    reports.set(pipeline.name, { made, entries: await entriesOf(made) });
  }
  return reports;
}
