/**
 * Compares the files of a site with its manifest.
 *
 * @module
 */
import { join } from "node:path";
import type { Digest } from "../../engine/define/hash.ts";
import {
  digestOfFile,
  entriesBelow,
  entryAt,
  isFolder,
} from "../../engine/store/disk_entry.ts";
import {
  MANIFEST,
  readManifest,
  type SiteManifest,
  type Sized,
  sizeOf,
} from "../../reports/site/manifest.ts";
import { WRITTEN, writtenText } from "../../reports/site/written_list.ts";

/** Name of the file with the signatures of a site, at its root. */
export const SIGNATURES = "site.intoto.jsonl";

/** The files of a site, compared with its manifest. */
export interface CheckedFiles {
  readonly manifest: SiteManifest;
  /** SHA-256 of each file that belongs to the site and has the size that it should have, by path. */
  readonly found: ReadonlyMap<string, Digest>;
  /**
   * Paths by what is wrong with them: files that are `changed`, `missing` or
   * `added`, and what is no file, by what it is, e.g. `a link`.
   */
  readonly problems: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the files that belong to a site. Nothing else in its folder is opened,
 * and no link followed.
 *
 * @param name of the site, for errors
 * @throws {Error} if the folder holds no site
 */
export function checkFiles(folder: string, name: string): CheckedFiles {
  const text = textOfManifest(folder, name);
  const manifest = readManifest(text);
  const known = knownFiles(manifest, sizeOf(text));
  const missing = new Set(Object.keys(manifest.files));
  const found = new Map<string, Digest>();
  const wrong: { readonly word: string; readonly path: string }[] = [];
  for (const { path, kind, bytes } of entriesBelow(folder)) {
    missing.delete(path);
    if (kind === "folder" && !known.has(path)) continue;
    if (kind !== "file") wrong.push({ word: `a ${kind}`, path });
    else if (!known.has(path)) wrong.push({ word: "added", path });
    else {
      const should = known.get(path);
      // One of another size need not be read, and may be of any size.
      const digest = should === undefined || should.bytes === bytes
        ? digestOfFile(join(folder, path))
        : undefined;
      if (digest !== undefined) found.set(path, digest);
      if (should !== undefined && should.sha256 !== digest) {
        wrong.push({ word: "changed", path });
      }
    }
  }
  for (const path of missing) wrong.push({ word: "missing", path });
  wrong.sort((a, b) => a.path < b.path ? -1 : 1);
  const problems = new Map<string, string[]>(
    ["changed", "missing", "added"].map((word) => [word, []]),
  );
  for (const { word, path } of wrong) {
    problems.getOrInsertComputed(word, () => []).push(path);
  }
  return { manifest, found, problems };
}

/** What each file of a site should be, by path; signatures are checked by whoever has the key. */
function knownFiles(
  { run, files }: SiteManifest,
  own: Sized,
): ReadonlyMap<string, Sized | undefined> {
  const digests = Object.entries(files)
    .map(([path, { sha256 }]) => [path, sha256] as const);
  const list = writtenText({
    profile: run.profile,
    files: { ...Object.fromEntries(digests), [MANIFEST]: own.sha256 },
  });
  return new Map<string, Sized | undefined>(Object.entries(files))
    .set(MANIFEST, own).set(WRITTEN, sizeOf(list)).set(SIGNATURES, undefined);
}

function textOfManifest(folder: string, name: string): string {
  if (!isFolder(folder)) {
    throw new Error(
      `Cannot read site "${name}": there is no such folder; deno task publish --to DIR writes one`,
    );
  }
  const kind = entryAt(folder, MANIFEST)?.kind;
  if (kind === "file") return Deno.readTextFileSync(join(folder, MANIFEST));
  throw new Error(
    `Cannot read site "${name}": ${
      kind === undefined
        ? `it has no ${MANIFEST}; deno task reproduce writes one`
        : `its ${MANIFEST} is a ${kind}, which is not opened`
    }`,
  );
}
