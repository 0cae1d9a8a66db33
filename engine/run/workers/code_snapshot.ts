/**
 * The code of a run as it is in its keys: a copy of every file that they name,
 * which no edit reaches. Stages are run from it, so that what runs is what was
 * digested.
 *
 * @module
 */
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Digest } from "../../define/hash.ts";
import {
  isOfReadOnlyStore,
  StoreError,
  storeError,
} from "../../define/error.ts";
import {
  digestOfFile,
  entriesBelow,
  entryAt,
  unlessGone,
} from "../../store/disk_entry.ts";
import { codePath } from "../../store/store_layout.ts";

/** Leases as far as folders are kept by them. */
export interface FolderLeases {
  /** Asks for a lease; `ours` if no other process has it. */
  claim(name: string): Promise<{ readonly kind: "ours" | "theirs" }>;
}

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
 * Copies files into a folder of the store, those that are not there already, and
 * removes what else lies there.
 *
 * The folder stays the same from run to run, so that Deno finds what it has made
 * of the modules that have not changed. Each machine has its own, and runs at
 * the same time on one machine have one each: the first of `MACHINE-0`,
 * `MACHINE-1`, … that no other has the lease of.
 *
 * @param files digest of the bytes of each file, by path relative to the root
 * @throws {StoreError} if a file is not what it was when it was digested
 */
export async function takeSnapshot(
  files: ReadonlyMap<string, Digest>,
  { root, store, leases, from = (path) => join(root, path) }: {
    /** Folder of the project. */
    readonly root: string;
    /** Folder of the store. */
    readonly store: string;
    /** By which a folder is kept until they are given back; nothing where the store cannot be written. */
    readonly leases: FolderLeases | undefined;
    /** Path of the file that is to be copied; where it lies in the project unless given. */
    readonly from?: (path: string, digest: Digest) => string;
  },
): Promise<CodeSnapshot> {
  const base = folderAbove(root, files.keys());
  const place = await freePlace(leases);
  const folder = join(store, place);
  const within = (path: string) => relative(base, join(root, path));

  // Synchronously: source files are small, and a trip through a thread takes longer.
  function layOut(): void {
    const odd = entryAt(store, place);
    if (odd !== undefined && odd.kind !== "folder") {
      removeAll(join(store, odd.path));
    }
    Deno.mkdirSync(folder, { recursive: true });
    const there = copiesIn(
      folder,
      new Map(Array.from(files, ([path, digest]) => [within(path), digest])),
    );
    for (const [path, digest] of files) {
      if (there.has(within(path))) continue;
      const temporary = join(store, "tmp", crypto.randomUUID());
      unlessGone(() => Deno.copyFileSync(from(path, digest), temporary));
      unlessGone(() => Deno.chmodSync(temporary, 0o444));
      if (digestAt(temporary) !== digest) {
        throw new StoreError(
          `Cannot run: "${path}" changed while the run was starting; run the command again`,
        );
      }
      const copy = join(folder, within(path));
      Deno.mkdirSync(dirname(copy), { recursive: true });
      Deno.renameSync(temporary, copy);
    }
  }

  try {
    layOut();
  } catch (cause) {
    const error = storeError(cause, { folder: store });
    // What is kept must be of the code that its key names.
    if (leases === undefined && isOfReadOnlyStore(error)) {
      return inPlace(root);
    }
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

/** A folder that no other process uses, below that of the store. */
async function freePlace(
  leases: FolderLeases | undefined,
): Promise<string> {
  for (let number = 0;; number++) {
    const place = codePath(number);
    const claim = await leases?.claim(place.replace("/", "-"));
    if (claim?.kind !== "theirs") return place;
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

/** Which copies lie in a folder, by path below it; what else lies there goes. */
function copiesIn(
  folder: string,
  digests: ReadonlyMap<string, Digest>,
): ReadonlySet<string> {
  const copies = new Set<string>();
  for (const { path, kind } of [...entriesBelow(folder)]) {
    const digest = digests.get(path);
    if (kind === "folder" && digest === undefined) continue;
    const full = join(folder, path);
    if (kind === "file" && digest === digestAt(full)) copies.add(path);
    else removeAll(full);
  }
  return copies;
}

function removeAll(folder: string): void {
  unlessGone(() => Deno.removeSync(folder, { recursive: true }));
}

/** The digest of a plain file; none if none is there. */
export function digestAt(path: string): Digest | undefined {
  return unlessGone(() => digestOfFile(path));
}

const hrefOf = (folder: string) => pathIn(pathToFileURL(folder).href);
const pathIn = (folder: string) => folder.replace(/\/$/, "");
