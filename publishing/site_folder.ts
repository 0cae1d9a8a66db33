/**
 * Keeps the folder of a site equal to what was rendered, and leaves alone
 * whatever else lies in it. Pages are small: to read and write them
 * synchronously takes a fraction of a trip through a thread for each.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path/posix";
import {
  folderState,
  type FolderUse,
  insteadOf,
} from "../engine/define/folder_state.ts";
import { type Digest, digestOf } from "../engine/define/hash.ts";
import { isDigest, recordOf, shapeOf } from "../engine/define/shape.ts";
import {
  digestOfFile,
  entryAt,
  isFileAt,
  partOf,
} from "../engine/store/disk_entry.ts";
import {
  isPlainPath,
  readWritten,
  WRITTEN,
  type WrittenList,
  writtenText,
} from "../reports/site/written_list.ts";

type Files = ReadonlyMap<string, Digest>;

/** A file: whole, or in blocks of text that are made anew each time. */
export type FileContent = string | Uint8Array | Iterable<string>;

/** How many files of a site were written, removed, or right already. */
export interface SiteChange {
  readonly written: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** What one calls the content of a folder, and how one named that. */
interface SiteFolderUse extends Omit<FolderUse, "whenFull"> {
  /** A site unless given. */
  readonly what?: "site" | "page";
}

/**
 * Writes the files that differ and removes those of an earlier site. Nothing is
 * written, removed or read through a link. One process at a time does so,
 * whatever store it uses.
 *
 * @param profile scale of the runs that it shows, if it is the site of runs
 * @param complete whether nothing is missing from `files`; if something is,
 * pages of an earlier site stay
 * @param stays which files of an earlier site stay all the same, by path
 * @param onWrite called with the path of each file that is written
 * @param whenWritten called once it is, before another process may write there
 * @param use.option that names the folder, for errors
 * @throws {Error} if a file of somebody else is in the way, or what is no file,
 * or the folder cannot be written
 */
export async function writeSite(
  folder: string,
  {
    files,
    profile,
    complete,
    stays = () => false,
    onWrite,
    whenWritten,
    ...use
  }: {
    readonly files: ReadonlyMap<string, FileContent>;
    readonly profile?: string;
    readonly complete: boolean;
    readonly stays?: (path: string) => boolean;
    readonly onWrite?: (path: string) => void;
    readonly whenWritten?: () => Promise<void>;
  } & SiteFolderUse,
): Promise<SiteChange> {
  try {
    isThere(folder, WRITTEN);
    using _turn = await turnAt(folder);
    const before = filesBefore(folder);
    const { after, changed } = compare(folder, { files, before });
    // Listed before they are written, with what they replace: killed in
    // between, they are still ours.
    writeList(folder, {
      files: new Map([...before, ...after]),
      replaced: new Map([...before].filter(([path]) => changed.has(path))),
      profile,
    });
    for (const [path, content] of changed) {
      replace(join(folder, path), chunksOf(content));
      onWrite?.(path);
    }
    const old = [...before].filter(([path]) => !after.has(path));
    const isStaying = (path: string) => !complete || stays(path);
    const removed = await removeUnchanged(
      folder,
      new Map(old.filter(([path]) => !isStaying(path))),
    );
    const left = old.filter(([path]) =>
      isStaying(path) && isFileAt(folder, path)
    );
    writeList(folder, { files: new Map([...left, ...after]), profile });
    await whenWritten?.();
    return {
      written: changed.size,
      unchanged: files.size - changed.size,
      removed,
    };
  } catch (error) {
    throw siteError(folder, { error, ...use });
  }
}

/** Waits until no other process writes to a folder, which is made if it is not there. */
async function turnAt(folder: string): Promise<Disposable> {
  await Deno.mkdir(folder, { recursive: true });
  const opened = await Deno.open(folder);
  await opened.lock(true).catch(() => {}); // where there are no locks, all write
  return opened;
}

/** Paths of the files of a site, as they are listed in its folder, and of that list. */
export function filesWritten(folder: string): readonly string[] {
  return [...Object.keys(listIn(folder).files), WRITTEN];
}

/** The digest of that list, if every file is as it says. */
export function digestIfAsListed(folder: string): Digest | undefined {
  const isSame = Object.entries(listIn(folder).files).every(([path, digest]) =>
    digestAt(folder, path) === digest
  );
  return isSame ? digestAt(folder, WRITTEN) : undefined;
}

/** The scale of the runs that the site in a folder shows; `undefined` where there is none, or it does not say. */
export function profileOfSite(folder: string): string | undefined {
  return listIn(folder).profile;
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
  const after = new Map<string, Digest>();
  const changed = new Map<string, FileContent>();
  for (const [path, content] of files) {
    checkPath(path);
    const digest = digestOfAll(chunksOf(content));
    after.set(path, digest);
    const there = digestAt(folder, path);
    if (there === digest) continue;
    if (there !== undefined && !before.has(path)) {
      throw new InTheWay(path, "is there, and no run wrote it");
    }
    changed.set(path, content);
  }
  return { after, changed };
}

function checkPath(path: string): void {
  if (isPlainPath(path) && path !== WRITTEN) return;
  throw new TypeError(
    `Cannot write site file "${path}": it is not a plain relative path`,
  );
}

/** The list in a folder; without one every file counts as somebody else's. */
function listIn(folder: string): WrittenList {
  return readWritten(textAt(folder, WRITTEN)) ?? { files: {} };
}

/** Of the list of a run that was killed: the digests of files that it was about to replace. */
const isCutShort = shapeOf({ replaced: recordOf(isDigest) });

/** The files that are listed in a folder; those that a run was killed before replacing, with their old digest. */
function filesBefore(folder: string): Files {
  const text = textAt(folder, WRITTEN);
  const list = readWritten(text);
  const files = new Map(Object.entries(list?.files ?? {}));
  const read: unknown = list && JSON.parse(text);
  if (!isCutShort(read)) return files;
  for (const [path, digest] of Object.entries(read.replaced)) {
    const isOld = files.has(path) && isFileAt(folder, path) &&
      digestOfFile(join(folder, path)) === digest;
    if (isOld) files.set(path, digest);
  }
  return files;
}

function writeList(
  folder: string,
  { files, replaced = new Map(), profile }: {
    readonly files: Files;
    /** Files that are still to be replaced, with their old digest. */
    readonly replaced?: Files;
    readonly profile: string | undefined;
  },
): void {
  const list = { profile, files: Object.fromEntries(files) };
  const text = replaced.size === 0
    ? writtenText(list)
    : JSON.stringify({ ...list, replaced: Object.fromEntries(replaced) });
  const bytes = new TextEncoder().encode(text);
  if (digestAt(folder, WRITTEN) !== digestOf(bytes)) {
    replace(join(folder, WRITTEN), [bytes]);
  }
}

/** Removes files that are still what was written, and folders that are empty then. */
async function removeUnchanged(folder: string, files: Files): Promise<number> {
  let removed = 0;
  for (const [path, digest] of files) {
    if (!isFileAt(folder, path)) continue;
    if (digestOfFile(join(folder, path)) !== digest) continue;
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
  const temporary = partOf(path);
  removeIfThere(temporary); // of a process that was killed, or a link
  try {
    using file = createInFolder(temporary);
    for (const chunk of chunks) {
      for (let left = chunk; left.length > 0;) {
        left = left.subarray(file.writeSync(left));
      }
    }
    Deno.renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    throw error;
  }
}

/** Creates a file in a folder that may not be there yet. */
function createInFolder(path: string): Deno.FsFile {
  const options = { write: true, createNew: true };
  try {
    return Deno.openSync(path, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    Deno.mkdirSync(dirname(path), { recursive: true });
    return Deno.openSync(path, options);
  }
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

/** The digest of a file of a site; `undefined` if there is none. */
function digestAt(folder: string, path: string): Digest | undefined {
  return isThere(folder, path) ? digestOfFile(join(folder, path)) : undefined;
}

/**
 * Whether a file of a site is there.
 *
 * @throws {InTheWay} if something else is, or is in its way
 */
function isThere(folder: string, path: string): boolean {
  const entry = entryAt(folder, path);
  if (entry === undefined) return false;
  if (entry.kind === "file" && entry.path === path) return true;
  throw new InTheWay(entry.path, `in it is a ${entry.kind}`);
}

/** The text of a file; none if there is no such file, or it cannot be read. */
function textAt(folder: string, path: string): string {
  try {
    return isFileAt(folder, path)
      ? Deno.readTextFileSync(join(folder, path))
      : "";
  } catch {
    return "";
  }
}

function digestOfAll(chunks: Iterable<Uint8Array>): Digest {
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
}

/** Something in a folder that is not ours, and where a file has to go. */
class InTheWay extends Error {
  constructor(path: string, is: string) {
    super(`"${path}" ${is}`);
  }
}

function siteError(
  folder: string,
  { error, what = "site", ...use }:
    & { readonly error: unknown }
    & SiteFolderUse,
): unknown {
  if (!(error instanceof Error)) return error;
  const whenFull = "results are kept, free some space and run again";
  const state = error instanceof InTheWay
    ? `${error.message}; move it away, or ${insteadOf(use)}`
    : folderState(error, { ...use, whenFull }) ??
      (/\(os error \d+\)/.test(error.message) ? error.message : undefined);
  return state === undefined
    ? error
    : new Error(`Cannot write the ${what} to "${folder}": ${state}`, {
      cause: error,
    });
}
