/**
 * The code of a run as it is in its keys: a copy of every file that they name,
 * which no edit reaches. Stages are run from it, so that what runs is what was
 * digested.
 *
 * @module
 */
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Digest, digestOf, digestOfJson } from "../../define/hash.ts";
import {
  isOfReadOnlyStore,
  StoreError,
  storeError,
} from "../../define/error.ts";
import { digestOfFile, isModule } from "../../keys/file_facts.ts";

/** A copy of some files of a project, which lie to each other as they do there. */
export interface CodeSnapshot {
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
export async function takeSnapshot(
  files: ReadonlyMap<string, Digest>,
  { root, store }: {
    /** Folder of the project. */
    readonly root: string;
    /** Folder of the store. */
    readonly store: string;
  },
): Promise<CodeSnapshot> {
  const base = folderAbove(root, files.keys());
  const sorted = [...files].sort(([a], [b]) => a < b ? -1 : 1);
  const name = digestOfJson("code", sorted).slice(0, 16);
  const all = join(store, "code");
  const folder = join(all, name);
  const within = (path: string) => relative(base, join(root, path));

  try {
    if (!await isWhole(folder)) await layOut();
  } catch (cause) {
    const error = storeError(cause, { folder: store });
    if (isOfReadOnlyStore(error)) return inPlace(root);
    throw error;
  }

  return {
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

  async function layOut(): Promise<void> {
    await Deno.remove(all, { recursive: true }).catch(ifMissing);
    const temporary = join(store, "tmp", crypto.randomUUID());
    for (const [path, digest] of sorted) {
      await copy(path, { to: join(temporary, within(path)), digest });
    }
    await Deno.mkdir(all, { recursive: true });
    await Deno.rename(temporary, folder);
  }

  async function isWhole(folder: string): Promise<boolean> {
    for (const [path, digest] of sorted) {
      const found = await digestAt(join(folder, within(path)));
      if (found !== digest) return false;
    }
    return true;
  }

  async function copy(
    path: string,
    { to, digest }: { readonly to: string; readonly digest: Digest },
  ): Promise<void> {
    if (await copied(join(root, path), to) === digest) return;
    throw new StoreError(
      `Cannot run: "${path}" changed while the run began; give the command again`,
    );
  }
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

// Synchronously: source files are small, and a trip through a thread takes longer.

/** Copies a file. @returns the digest of the copy, if there was a file to copy */
function copied(
  from: string,
  to: string,
): Digest | Promise<Digest> | undefined {
  Deno.mkdirSync(dirname(to), { recursive: true });
  try {
    Deno.copyFileSync(from, to);
  } catch (error) {
    return ifMissing(error);
  }
  Deno.chmodSync(to, 0o444);
  return digestAt(to);
}

/** The digest of a file; none of what is missing or no file. */
function digestAt(path: string): Digest | Promise<Digest> | undefined {
  try {
    if (!Deno.lstatSync(path).isFile) return undefined;
    return isModule(path)
      ? digestOf(Deno.readFileSync(path))
      : digestOfFile(path);
  } catch (error) {
    return ifMissing(error);
  }
}

function ifMissing(error: unknown): undefined {
  if (error instanceof Deno.errors.NotFound) return undefined;
  throw error;
}

const hrefOf = (folder: string) => pathIn(pathToFileURL(folder).href);
const pathIn = (folder: string) => folder.replace(/\/$/, "");
