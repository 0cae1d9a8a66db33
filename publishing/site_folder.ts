/**
 * Keeps the folder of a site equal to what was rendered, and leaves alone
 * whatever else lies in it. Pages are small: to read and write them
 * synchronously takes a fraction of a trip through a thread for each.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { dirname, join, normalize } from "node:path/posix";
import { type Digest, digestOf } from "../engine/define/hash.ts";
import {
  isString,
  optional,
  recordOf,
  shapeOf,
} from "../engine/define/shape.ts";

/** Lists the files written by this program, with their digests. */
const MANIFEST = ".written.json";

const isManifest = shapeOf({
  files: recordOf(isString),
  profile: optional(isString),
});

type Files = Readonly<Record<string, Digest>>;

interface Manifest {
  readonly files: Files;
  /** Scale of the runs that the site shows; missing where it shows none. */
  readonly profile?: string | undefined;
}

/** A file: whole, or in blocks of text that are made anew each time. */
export type FileContent = string | Uint8Array | Iterable<string>;

/** How many files of a site were written, removed, or right already. */
export interface SiteChange {
  readonly written: number;
  readonly removed: number;
  readonly unchanged: number;
}

/**
 * Writes the files that differ and removes those of an earlier site.
 *
 * @param profile scale of the runs that it shows, if it is the site of runs
 * @param complete whether nothing is missing from `files`; if something is,
 * pages of an earlier site stay
 * @param stays which files of an earlier site stay all the same, by path
 * @param onWrite called with the path of each file that is written
 * @throws {Error} if a file of somebody else is in the way, or the folder
 * cannot be written
 */
export async function writeSite(
  folder: string,
  { files, profile, complete, stays = () => false, onWrite }: {
    readonly files: ReadonlyMap<string, FileContent>;
    readonly profile?: string;
    readonly complete: boolean;
    readonly stays?: (path: string) => boolean;
    readonly onWrite?: (path: string) => void;
  },
): Promise<SiteChange> {
  try {
    const { files: before } = readManifest(folder);
    const { after, changed } = compare(folder, { files, before });
    // Listed before they are written: killed in between, they are still ours.
    writeManifest(folder, { files: { ...before, ...after }, profile });
    for (const [path, content] of changed) {
      replace(join(folder, path), chunksOf(content));
      onWrite?.(path);
    }
    const old = Object.keys(before).filter((path) => !(path in after));
    const [staying, going] = [
      old.filter(stays),
      old.filter((path) => !stays(path)),
    ];
    if (complete && going.length > 0) {
      const removed = await removeUnchanged(folder, { paths: going, before });
      const left = Object.fromEntries(
        staying.map((path) => [path, before[path] ?? ""]),
      );
      writeManifest(folder, { files: { ...left, ...after }, profile });
      return { ...counts(files, changed), removed };
    }
    return { ...counts(files, changed), removed: 0 };
  } catch (error) {
    throw siteError(folder, error);
  }
}

/** Paths of the files of a site, as they are listed in its folder, and of that list. */
export function filesWritten(folder: string): readonly string[] {
  return [...Object.keys(readManifest(folder).files), MANIFEST];
}

/** The scale of the runs that the site in a folder shows; `undefined` where there is none, or it does not say. */
export function profileOfSite(folder: string): string | undefined {
  const { profile } = readManifest(folder);
  if (profile !== undefined) return profile;
  try { // before it was listed, the claims of a site said it alone
    const claims: unknown = JSON.parse(
      Deno.readTextFileSync(join(folder, "claims.json")),
    );
    return hasProfile(claims) ? claims.run.profile : undefined;
  } catch {
    return undefined;
  }
}

const hasProfile = shapeOf({ run: shapeOf({ profile: isString }) });

function counts(
  files: ReadonlyMap<string, unknown>,
  changed: ReadonlyMap<string, unknown>,
): Omit<SiteChange, "removed"> {
  return { written: changed.size, unchanged: files.size - changed.size };
}

/** The digest of each file, and the content of those that are not there yet. */
function compare(
  folder: string,
  { files, before }: {
    readonly files: ReadonlyMap<string, FileContent>;
    readonly before: Files;
  },
): {
  readonly after: Files;
  readonly changed: ReadonlyMap<string, FileContent>;
} {
  const after: Record<string, Digest> = {};
  const changed = new Map<string, FileContent>();
  for (const [path, content] of files) {
    checkPath(path);
    after[path] = digestOfAll(chunksOf(content));
    const there = digestAt(join(folder, path));
    if (there === after[path]) continue;
    if (there !== undefined && before[path] === undefined) {
      throw new Error(
        `Cannot write the site to "${folder}": "${path}" is there and is not ours; move it away, or name another folder with --site`,
      );
    }
    changed.set(path, content);
  }
  return { after, changed };
}

function checkPath(path: string): void {
  if (
    path === "" || path.startsWith("/") || path.startsWith("..") ||
    path === MANIFEST || normalize(path) !== path
  ) {
    throw new TypeError(
      `Cannot write site file "${path}": it is not a plain relative path`,
    );
  }
}

function readManifest(folder: string): Manifest {
  try {
    const text = Deno.readTextFileSync(join(folder, MANIFEST));
    const manifest: unknown = JSON.parse(text);
    return isManifest(manifest) ? manifest : { files: {} };
  } catch {
    return { files: {} }; // without it every file counts as somebody else's
  }
}

function writeManifest(folder: string, { files, profile }: Manifest): void {
  const sorted = Object.entries(files).sort(([a], [b]) => a < b ? -1 : 1);
  const manifest = { profile, files: Object.fromEntries(sorted) };
  const text = JSON.stringify(manifest, null, 1);
  const bytes = new TextEncoder().encode(`${text}\n`);
  const path = join(folder, MANIFEST);
  if (digestAt(path) !== digestOf(bytes)) replace(path, [bytes]);
}

/** Removes files that are still what was written, and folders that are empty then. */
async function removeUnchanged(
  folder: string,
  { paths, before }: {
    readonly paths: readonly string[];
    readonly before: Files;
  },
): Promise<number> {
  let removed = 0;
  for (const path of paths) {
    if (digestAt(join(folder, path)) !== before[path]) continue;
    await Deno.remove(join(folder, path));
    removed++;
    for (let up = dirname(path); up !== "."; up = dirname(up)) {
      const emptied = await Deno.remove(join(folder, up)).then(
        () => true,
        () => false, // something is left in it
      );
      if (!emptied) break;
    }
  }
  return removed;
}

/** Replaces a file at once, so that nobody sees half of it. */
function replace(path: string, chunks: Iterable<Uint8Array>): void {
  const temporary = `${path}.part`;
  try {
    writeInFolder(temporary, chunks);
    Deno.renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    throw error;
  }
}

function writeInFolder(path: string, chunks: Iterable<Uint8Array>): void {
  using file = createInFolder(path);
  for (const chunk of chunks) writeAll(file, chunk);
}

/** Creates a file in a folder that may not be there yet. */
function createInFolder(path: string): Deno.FsFile {
  const options = { write: true, create: true, truncate: true };
  try {
    return Deno.openSync(path, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    Deno.mkdirSync(dirname(path), { recursive: true });
    return Deno.openSync(path, options);
  }
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  let left = bytes;
  while (left.length > 0) left = left.subarray(file.writeSync(left));
}

function* chunksOf(content: FileContent): Generator<Uint8Array> {
  if (content instanceof Uint8Array) yield content;
  else {
    const encoder = new TextEncoder();
    const blocks = typeof content === "string" ? [content] : content;
    for (const block of blocks) yield encoder.encode(block);
  }
}

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // It was never written; whatever is wrong is said of the file itself.
  }
}

function digestAt(path: string): Digest | undefined {
  try {
    using file = Deno.openSync(path);
    return digestOfAll(chunksIn(file));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function* chunksIn(file: Deno.FsFile): Generator<Uint8Array> {
  const buffer = new Uint8Array(1 << 16);
  for (let n = file.readSync(buffer); n !== null; n = file.readSync(buffer)) {
    yield buffer.subarray(0, n);
  }
}

function digestOfAll(chunks: Iterable<Uint8Array>): Digest {
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
}

function siteError(folder: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const refused = error.name === "NotCapable";
  if (!refused && !/\(os error \d+\)/.test(error.message)) return error;
  const state = /\(os error (28|122)\)/.test(error.message)
    ? "the disk is full; results are kept, free some space and run again"
    : refused
    ? "Deno may not; add the folder to the permissions in deno.json, or leave out --site"
    : /\(os error (1|13|30)\)/.test(error.message)
    ? "permission denied; name another folder with --site"
    : /\(os error 20\)/.test(error.message)
    ? "a file is in the way; name another folder with --site"
    : error.message;
  return new Error(`Cannot write the site to "${folder}": ${state}`, {
    cause: error,
  });
}
