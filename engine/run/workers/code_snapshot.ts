/**
 * The code of a run as it is in its keys: a copy of every file that they name,
 * which no edit reaches. Stages are run from it, so that what runs is what was
 * digested.
 *
 * @module
 */
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Digest, digestOfJson } from "../../define/hash.ts";
import {
  isOfReadOnlyStore,
  StoreError,
  storeError,
} from "../../define/error.ts";
import { digestOfFile, isFileAt } from "../../store/disk_entry.ts";

/** A copy of some files of a project, which lie to each other as they do there. */
export interface CodeSnapshot {
  /** Folder of the copies, with nothing else in it; the project's where files are run from where they lie. */
  readonly folder: string;
  /** Path of the copy of a file. */
  pathOf(path: string): string;
  /** URL of the copy of a module; that of the module if it is not in a file. */
  urlOf(module: string): string;
  /** A text in which copies are named, with the files themselves. */
  original(text: string): string;
}

/**
 * Files that are run from where they lie, where a store may only be read: nothing
 * that they make is kept.
 *
 * @param root folder of the project
 */
function inPlace(root: string): CodeSnapshot {
  return {
    folder: root,
    pathOf: (path) => join(root, path),
    urlOf: (module) => module,
    original: (text) => text,
  };
}

/**
 * Copies files into a folder of the store that is named after what they hold,
 * unless they are there already. Copies that an earlier run made go. Needs the
 * lock of the store.
 *
 * @param files digest of the bytes of each file, by path relative to the root
 * @throws {StoreError} if a file is not what it was when it was digested
 */
export function takeSnapshot(
  files: ReadonlyMap<string, Digest>,
  { root, store }: {
    /** Folder of the project. */
    readonly root: string;
    /** Folder of the store. */
    readonly store: string;
  },
): CodeSnapshot {
  const base = folderAbove(root, files.keys());
  const sorted = [...files].sort(([a], [b]) => a < b ? -1 : 1);
  const name = digestOfJson("code", sorted).slice(0, 16);
  const all = join(store, "code");
  const folder = join(all, name);
  const within = (path: string) => relative(base, join(root, path));

  const isWhole = () =>
    sorted.every(([path, digest]) => digestAt(folder, within(path)) === digest);

  // Synchronously: source files are small, and a trip through a thread takes longer.
  function layOut(): void {
    removeAll(all);
    const temporary = join(store, "tmp", crypto.randomUUID());
    for (const [path, digest] of sorted) {
      copyReadOnly(join(root, path), join(temporary, within(path)));
      if (digestAt(temporary, within(path)) === digest) continue;
      throw new StoreError(
        `Cannot run: "${path}" changed while the run began; give the command again`,
      );
    }
    Deno.mkdirSync(all, { recursive: true });
    Deno.renameSync(temporary, folder);
  }

  try {
    if (!isWhole()) layOut();
  } catch (cause) {
    const error = storeError(cause, { folder: store });
    if (isOfReadOnlyStore(error)) return inPlace(root);
    throw error;
  }

  return {
    folder,
    pathOf: (path) => join(folder, within(path)),
    urlOf(module) {
      if (!module.startsWith("file:")) return module;
      const path = within(relative(root, fileURLToPath(module)));
      return pathToFileURL(join(folder, path)).href;
    },
    original: (text) =>
      [hrefOf, pathIn].reduce(
        (text, name) => text.replaceAll(name(folder), name(base)),
        text,
      ),
  };
}

/** The lowest folder that holds a project and some paths relative to it: an engine may lie beside it. */
function folderAbove(root: string, paths: Iterable<string>): string {
  let up = 0;
  for (const path of paths) {
    const above = path.split("/").findLastIndex((part) => part === "..") + 1;
    up = Math.max(up, above);
  }
  return join(root, "../".repeat(up));
}

/** Copies a file, if it is there. */
function copyReadOnly(from: string, to: string): void {
  Deno.mkdirSync(dirname(to), { recursive: true });
  ifThere(() => Deno.copyFileSync(from, to));
  ifThere(() => Deno.chmodSync(to, 0o444));
}

function removeAll(folder: string): void {
  ifThere(() => Deno.removeSync(folder, { recursive: true }));
}

function ifThere(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The digest of a file below a folder; none of what is missing or no file. */
function digestAt(folder: string, path: string): Digest | undefined {
  return isFileAt(folder, path) ? digestOfFile(join(folder, path)) : undefined;
}

const hrefOf = (folder: string) => pathIn(pathToFileURL(folder).href);
const pathIn = (folder: string) => folder.replace(/\/$/, "");
