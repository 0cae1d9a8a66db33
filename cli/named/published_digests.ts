/**
 * What the manifests of sites name.
 *
 * @module
 */
import { join } from "node:path";
import { z } from "zod";
import type { Digest } from "../../engine/define/hash.ts";
import {
  type DiskEntry,
  entryAt,
  isFolder,
} from "../../engine/store/disk_entry.ts";
import { PROFILES } from "../../engine/define/pipeline.ts";
import { MANIFEST } from "../../reports/site/manifest.ts";
import { pathFrom, siteFolderOf } from "./places.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";

/** The part of a manifest that names keys and artifacts; see `reports/site/manifest.ts`. */
const schema = z.object({
  stages: z.array(z.object({
    key: z.string(),
    outputs: z.record(z.string(), z.object({ sha256: z.string() })),
  })),
});

/**
 * Digests of the keys and artifacts that sites, and the runs kept in them, are
 * made of: of the project's own sites, and of those that are named.
 *
 * @throws {UsageError} if a site that was named has no manifest
 */
export function publishedDigests(
  shell: Shell,
  sites: readonly string[],
): ReadonlySet<Digest> {
  const digests = new Set<Digest>();
  const named = sites.map((site) => siteFolderOf(shell, site));
  const own = siteFolderOf(shell, undefined);
  // A run of a smaller profile writes beside it.
  const besides = PROFILES.map((profile) => `${own}-${profile}`);
  for (const folder of new Set([own, ...besides, ...named])) {
    const isNamed = named.includes(folder);
    const refuse = (state: string) =>
      new UsageError(
        `Cannot keep what site "${
          pathFrom(shell.folder, folder)
        }" shows: ${state}`,
      );
    if (isNamed && !isFolder(folder)) throw refuse("there is no such folder");
    const isFound = addManifest(folder, { path: MANIFEST, digests });
    if (isNamed && !isFound) throw refuse(`it contains no ${MANIFEST}`);
    for (const path of manifestsOfRuns(folder)) {
      addManifest(folder, { path, digests });
    }
  }
  return digests;
}

/** @returns whether there is a manifest */
function addManifest(
  folder: string,
  { path, digests }: {
    /** Path of the manifest in the folder of the site. */
    readonly path: string;
    readonly digests: Set<Digest>;
  },
): boolean {
  const entry = entryAt(folder, path);
  if (entry === undefined) return false;
  if (entry.kind !== "file" || entry.path !== path) {
    throw refused(folder, entry);
  }
  const file = join(folder, path);
  const { stages } = parse(Deno.readTextFileSync(file), file);
  for (const { key, outputs } of stages) {
    digests.add(key);
    for (const { sha256 } of Object.values(outputs)) digests.add(sha256);
  }
  return true;
}

function parse(text: string, path: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UsageError(
      `Cannot read "${path}": it is not the manifest of a site; move it away, or write the site again`,
      { cause },
    );
  }
}

/** Paths of the manifests of the runs that a site keeps. */
function manifestsOfRuns(folder: string): readonly string[] {
  const runs = entryAt(folder, "runs");
  if (runs === undefined) return [];
  if (runs.kind !== "folder") throw refused(folder, runs);
  return Array.from(Deno.readDirSync(join(folder, "runs")))
    .filter(({ isFile }) => !isFile)
    .map(({ name }) => `runs/${name}/${MANIFEST}`).sort();
}

function refused(folder: string, { path, kind }: DiskEntry): UsageError {
  return new UsageError(
    `Cannot read site "${folder}": "${path}" in it is a ${kind}; move it away, or write the site again`,
  );
}
