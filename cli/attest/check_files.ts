/**
 * Compares the files of a site with its manifest.
 *
 * @module
 */
import { join } from "node:path";
import { digestOf } from "../../engine/hash.ts";
import {
  MANIFEST,
  readManifest,
  type SiteManifest,
} from "../../reports/manifest.ts";

/** Name of the file with the signatures of a site, at its root. */
export const SIGNATURES = "site.intoto.jsonl";

/** Files that belong to a site and are not listed in its manifest. */
const OWN = [MANIFEST, SIGNATURES, ".written.json"];

/** A site that was looked at. */
export interface CheckedFiles {
  readonly manifest: SiteManifest;
  /** SHA-256 of each file that is there, by path, the manifest's included. */
  readonly found: ReadonlyMap<string, string>;
  /** Listed, but with other bytes. */
  readonly changed: readonly string[];
  /** Listed, but not there. */
  readonly missing: readonly string[];
  /** There, but not listed. */
  readonly added: readonly string[];
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
  let text: string;
  try {
    text = await Deno.readTextFile(join(folder, MANIFEST));
  } catch (cause) {
    throw new Error(
      `Cannot read site "${name}": it has no ${MANIFEST}; deno task reproduce writes one`,
      { cause },
    );
  }
  const manifest = readManifest(text);
  const found = new Map<string, string>();
  for (const path of await pathsIn(folder)) {
    found.set(path, digestOf(await Deno.readFile(join(folder, path))));
  }
  const listed = Object.entries(manifest.files);
  return {
    manifest,
    found,
    changed: listed.flatMap(([path, { sha256 }]) => {
      const there = found.get(path);
      return there === undefined || there === sha256 ? [] : [path];
    }),
    missing: listed.flatMap(([path]) => found.has(path) ? [] : [path]),
    added: [...found.keys()].filter((path) =>
      !(path in manifest.files) && !OWN.includes(path)
    ),
  };
}

/** Paths of all files below a folder, sorted. */
async function pathsIn(folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) paths.push(name);
    else {
      for (const path of await pathsIn(join(folder, name))) {
        paths.push(`${name}/${path}`);
      }
    }
  }
  return paths.sort();
}
