/**
 * Compares the files of a site with its manifest.
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { digestOf } from "../../engine/define/hash.ts";
import {
  MANIFEST,
  readManifest,
  type SiteManifest,
} from "../../reports/site/manifest.ts";

/** Name of the file with the signatures of a site, at its root. */
export const SIGNATURES = "site.intoto.jsonl";

/** Files that belong to a site and are not listed in its manifest. */
const OWN = [MANIFEST, SIGNATURES, ".written.json"];

/** The files of a site, compared with its manifest. */
export interface CheckedFiles {
  readonly manifest: SiteManifest;
  /** SHA-256 of each file that is there, by path, the manifest's included. */
  readonly found: ReadonlyMap<string, string>;
  /** Paths of files that have other bytes than listed, are listed only, and are there only. */
  readonly problems: Readonly<
    Record<"changed" | "missing" | "added", readonly string[]>
  >;
}

/**
 * Reads every file of a site.
 *
 * @param name of the site, for errors
 * @throws {Error} if the folder holds no site
 */
export async function checkFiles(
  folder: string,
  name: string,
): Promise<CheckedFiles> {
  const text = await Deno.readTextFile(join(folder, MANIFEST))
    .catch((cause) => {
      throw new Error(
        `Cannot read site "${name}": it has no ${MANIFEST}; deno task reproduce writes one`,
        { cause },
      );
    });
  const manifest = readManifest(text);
  const found = new Map<string, string>();
  const options = { recursive: true, withFileTypes: true } as const;
  for (const entry of await readdir(folder, options)) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(relative(folder, path), digestOf(await Deno.readFile(path)));
  }
  const { files } = manifest;
  const listed = Object.keys(files);
  const problems = {
    changed: listed.filter((path) =>
      found.has(path) && found.get(path) !== files[path]?.sha256
    ),
    missing: listed.filter((path) => !found.has(path)),
    added: [...found.keys()].sort().filter((path) =>
      !(path in files) && !OWN.includes(path)
    ),
  };
  return { manifest, found, problems };
}
