/**
 * `lineage`: what a figure, a file of the site or an artifact is made of, back
 * to the sources.
 *
 * @module
 */
import { listed, someOf } from "../../engine/define/listed.ts";
import { dirname, join, resolve } from "node:path";
import { pathBelow } from "../../engine/define/path_below.ts";
import { lineageOf } from "../../engine/history/lineage.ts";
import {
  MANIFEST,
  readManifest,
  type SiteManifest,
} from "../../reports/site/manifest.ts";
import { PROFILE, profileNamed, SITE, STORE } from "../arguments/options.ts";
import { lineWidth, writeJson, writeLines } from "../display/line.ts";
import { pipelinesAt } from "../named/pipelines.ts";
import { ranElsewhere, wayToResult } from "../named/stages.ts";
import {
  findTarget,
  type FoundTarget,
  type LineageTarget,
} from "../../provenance/lineage/find_target.ts";
import { madePipelines } from "../../provenance/lineage/made_pipeline.ts";
import { lineageLines } from "../lines/lineage_lines.ts";
import { suggestion } from "../arguments/nearest.ts";
import { siteFolderOf } from "../named/places.ts";
import { projectToRead } from "../named/projects.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { text } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** So many stages without a result are named, and the others counted. */
const MOST_NAMED = 3;

/** The options of `lineage`, and the words beside them. */
export const words = {
  target: {
    positional: true,
    value: text("FILE|FIGURE|DIGEST"),
    needed:
      "Cannot show a lineage: nothing given to look up; name a file of the site, PIPELINE/ID or a digest",
    help:
      "A file of the site; a figure, picture, table or claim as PIPELINE/ID; a whole report as PIPELINE; or the digest of an artifact.",
  },
  profile: {
    value: PROFILE.value,
    help:
      "Scale of the run: smoke, default, full or gpu (default: the site's for its files, default otherwise).",
  },
  json: { help: "Prints the stages as JSON." },
  store: STORE,
  site: SITE,
} as const satisfies Words;

/** What a line asks of `lineage`. */
type Lineage = Asked<typeof words>;

/** @returns the exit code: 1 if that is not made yet */
export async function run(command: Lineage, shell: Shell): Promise<number> {
  const registry = await shell.registry();
  const site = siteFolderOf(shell, command.site);
  const file = resolve(shell.folder, command.target);
  const isOfSite = await isFileOf(site, file);
  // A file says what it shows, whatever has run since.
  const shown = await manifestAbove(file);
  const profile = command.profile ??
    (shown === undefined ? "default" : profileNamed(shown.run.profile));
  const isShown = shown?.run.profile === profile;
  // Last runs are looked up by name: no key is made, so no device is needed.
  const project = await projectToRead(shell, { store: command.store });
  const { store } = project;
  const pipelines = madePipelines(registry.pipelines, {
    project,
    profile,
    keysOf(name) {
      const keys = (isShown ? keysIn(shown, name) : undefined) ??
        store.lastKeys(`${name}.${profile}`);
      return (stage) => keys[stage];
    },
  });
  const found = await findTarget(command.target, {
    pipelines,
    site,
    folder: shell.folder,
  });
  const names = registry.pipelines.map(({ name }) => name);
  if (found.kind === "no-pipeline" && names.includes(found.pipeline)) {
    // It is left out since it lacks the profile, which this says.
    pipelinesAt([found.pipeline], { pipelines: registry.pipelines, profile });
  }
  const { made, title, artifacts } = targetOf(command.target, {
    found,
    isOfSite,
    names,
    profile,
  });
  const stages = lineageOf(made.open.graph, {
    roots: artifacts.map(({ stage }) => stage),
    recordOf: made.recordOf,
  });
  const missing = stages.filter(({ key }) => key === undefined)
    .map(({ name }) => name);
  const isUnmade = artifacts.every(({ stage }) => missing.includes(stage));
  const code = isUnmade ? 1 : 0;
  if (command.json) {
    const { name: pipeline } = made.open;
    writeJson(
      { target: title, pipeline, profile, artifacts, stages },
      shell.stdout,
    );
    return code;
  }
  // What stands in for results that were not to be had is made of none.
  const state = !isUnmade
    ? `, without results of ${someOf(missing, MOST_NAMED)}`
    : " is not made yet";
  const way = isUnmade ? wayToResult : ranElsewhere;
  const heading = `${title} at profile ${profile}${
    missing[0] === undefined ? "" : `${state}${
      way(missing[0], {
        pipelines: [made.open],
        profile,
        store,
        storeName: command.store,
      })
    }`
  }`;
  const columns = lineWidth(shell.stdout);
  writeLines(
    lineageLines(heading, { artifacts, stages, columns }),
    shell.stdout,
  );
  return code;
}

/** @throws {UsageError} if it is not one thing */
function targetOf(
  word: string,
  { found, isOfSite, names, profile }: {
    readonly found: FoundTarget;
    /** Whether the word is the path of a file of the site. */
    readonly isOfSite: boolean;
    /** Names of all pipelines. */
    readonly names: readonly string[];
    readonly profile: string;
  },
): LineageTarget {
  if (found.kind === "found") return found.target;
  if (found.kind === "several") {
    throw new UsageError(
      `Cannot tell which artifact ${word} is meant: ${found.digests.length} digests start with it; give more of it`,
    );
  }
  if (found.kind === "no-entry") {
    const { pipeline, id, ids } = found;
    const has = listed(ids) || "no figure";
    throw new UsageError(
      `Cannot find "${id}" in ${pipeline}: it has ${has}${suggestion(id, ids)}`,
    );
  }
  if (isOfSite) {
    throw new UsageError(
      `Cannot tell what "${word}" is made of: it belongs to the whole site, not to one pipeline; name a file below ${
        listed(names)
      }`,
    );
  }
  throw new UsageError(
    found.kind === "no-artifact"
      ? `Cannot find artifact ${word}: no stage of this store made it in its last run at profile ${profile}; name another with --profile`
      : `Cannot find "${word}": it is neither a file of the site, a figure as PIPELINE/ID nor a digest; the pipelines are ${
        listed(names)
      }${suggestion(found.pipeline, names)}`,
  );
}

async function isFileOf(site: string, path: string): Promise<boolean> {
  const { isFile } = await Deno.stat(path).catch(() => ({ isFile: false }));
  return isFile && pathBelow(site, path) !== undefined;
}

/** What the site, or the run kept in it, shows that a file is part of; nothing where it is part of none. */
async function manifestAbove(file: string): Promise<SiteManifest | undefined> {
  const { isFile } = await Deno.stat(file).catch(() => ({ isFile: false }));
  for (let at = file; isFile && at !== dirname(at);) {
    at = dirname(at);
    try {
      return readManifest(await Deno.readTextFile(join(at, MANIFEST)));
    } catch {
      // Not this folder, or one that may not be read.
    }
  }
  return undefined;
}

/** The keys of a pipeline's stages by their names; nothing where the site does not tell. */
function keysIn(
  { stages }: SiteManifest,
  pipeline: string,
): Readonly<Record<string, string>> | undefined {
  const own = stages.filter((one) => one.pipeline === pipeline);
  return own.length === 0
    ? undefined
    : Object.fromEntries(own.map(({ stage, key }) => [stage, key]));
}
