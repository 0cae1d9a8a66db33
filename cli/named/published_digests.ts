/**
 * What the manifests of sites name.
 *
 * @module
 */
import { join } from "node:path";
import { z } from "zod";
import type { Digest } from "../../engine/define/hash.ts";
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
 * made of. The project's own site counts if nobody names one.
 *
 * @throws {UsageError} if a site that was named has no manifest
 */
export async function publishedDigests(
  shell: Shell,
  sites: readonly string[],
): Promise<ReadonlySet<Digest>> {
  const digests = new Set<Digest>();
  const named = sites.map((site) => siteFolderOf(shell, site));
  for (const folder of new Set([siteFolderOf(shell, undefined), ...named])) {
    const isFound = await addManifest(folder, digests);
    if (!isFound && named.includes(folder)) {
      throw new UsageError(
        `Cannot keep what site "${
          pathFrom(shell.folder, folder)
        }" shows: there is no manifest.json in it`,
      );
    }
    for (const run of await foldersIn(join(folder, "runs"))) {
      await addManifest(run, digests);
    }
  }
  return digests;
}

/** @returns whether there is a manifest */
async function addManifest(
  folder: string,
  digests: Set<Digest>,
): Promise<boolean> {
  const path = join(folder, "manifest.json");
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  for (const { key, outputs } of parse(text, path).stages) {
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
      `Cannot read "${path}": it is not the manifest of a site; move it away, or write the site anew`,
      { cause },
    );
  }
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.filter(({ isDirectory }) => isDirectory)
      .map(({ name }) => join(folder, name)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound;
}
