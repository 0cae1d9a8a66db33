/**
 * `lineage`: what a figure, a file of the site or an artifact is made of, back
 * to the sources.
 *
 * @module
 */
import { join, relative, resolve } from "node:path";
import { lineageOf } from "../../engine/lineage.ts";
import { openProject } from "../../engine/project.ts";
import { MANIFEST, readManifest } from "../../reports/manifest.ts";
import { profileNamed } from "../choose.ts";
import { paint, printable } from "../display/line.ts";
import type { Lineage } from "../grammar/lineage.ts";
import { ranElsewhere } from "../last_runs.ts";
import { lineageLines } from "../lineage_lines.ts";
import { lineageTarget, type MadePipeline } from "../lineage_target.ts";
import { hasProfile } from "../pipelines_at.ts";
import { projectOf, siteFolderOf } from "../project_of.ts";
import type { Shell } from "../shell.ts";

/** @returns the exit code */
export async function run(command: Lineage, shell: Shell): Promise<number> {
  const registry = await shell.registry();
  const site = siteFolderOf(shell, command.site);
  const isOfSite = await isFileOf(site, resolve(shell.folder, command.target));
  const profile = profileNamed(
    command.profile ?? (isOfSite ? await profileOf(site) : "default"),
  );
  // Last runs are looked up by name: no key is made, so no device is needed.
  const project = await openProject(
    projectOf(shell, { store: command.store, environments: [] }),
  );
  const { store } = project;
  const has = hasProfile(profile);
  const pipelines = registry.pipelines.filter(has).map(
    (pipeline): MadePipeline => {
      const keys = store.lastKeys(`${pipeline.name}.${profile}`);
      return {
        open: project.open(pipeline, profile),
        recordOf(stage) {
          const key = keys[stage];
          return key === undefined ? undefined : store.record(key);
        },
      };
    },
  );
  const { made, title, artifacts } = await lineageTarget(command.target, {
    ...{ pipelines, site, isOfSite },
    folder: shell.folder,
  });
  const stages = lineageOf(made.open.graph, {
    roots: artifacts.map(({ stage }) => stage),
    recordOf: made.recordOf,
  });
  if (command.json) {
    const { name: pipeline } = made.open;
    const found = { target: title, pipeline, profile, artifacts, stages };
    shell.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return 0;
  }
  const unmade = artifacts.find(({ stage }) =>
    made.recordOf(stage) === undefined
  );
  const heading = `${title} at profile ${profile}${
    unmade === undefined
      ? ""
      : ` is not made yet${
        ranElsewhere(unmade.stage, { pipelines: [made.open], profile, store })
      }`
  }`;
  for (const line of lineageLines(heading, { artifacts, stages })) {
    const safe = line.map((part) => ({ ...part, text: printable(part.text) }));
    shell.stdout.write(`${paint(safe, shell.stdout)}\n`);
  }
  return 0;
}

async function isFileOf(site: string, path: string): Promise<boolean> {
  const { isFile } = await Deno.stat(path).catch(() => ({ isFile: false }));
  return isFile && !relative(site, path).startsWith("..");
}

/** The profile of the results that a site shows, if it says so. */
async function profileOf(site: string): Promise<string> {
  try {
    const text = await Deno.readTextFile(join(site, MANIFEST));
    return readManifest(text).run.profile;
  } catch {
    return "default";
  }
}
