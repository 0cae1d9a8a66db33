/**
 * The files of a store: atomic writes, and errors that say what to do.
 *
 * Small files are read and written synchronously, which takes an eighth of the
 * time that a trip through a thread takes; large ones do not block the process.
 *
 * @module
 */
import { join } from "node:path";
import { storeError } from "../define/error.ts";
import { isGone, unlessGone } from "./disk_entry.ts";

/**
 * Files below one folder; every error is a `StoreError`. What is no
 * file, such as a folder, a link or a named pipe, counts as missing: it is never
 * opened, and goes when the file is written.
 */
export interface StoreFiles {
  /** The bytes of a small file, or `undefined` if it is missing. */
  readSmall(path: string): Uint8Array<ArrayBuffer> | undefined;
  /** The bytes of a file, or `undefined` if it is missing. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Size in bytes, or `undefined` if the file is missing. */
  sizeOf(path: string): number | undefined;
  /** Whether anything lies there, a file or not. */
  isThere(path: string): boolean;
  /**
   * Replaces a file at once: whoever reads it gets the old bytes or the new.
   * There is no fsync: what a power cut leaves half written fails its check.
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /**
   * Writes a file where none is; one that is there stays. Of several processes
   * that do so at once, on whatever machines, one succeeds.
   *
   * @returns whether it was this one
   */
  create(path: string, bytes: Uint8Array): Promise<boolean>;
  /** Removes a file; one that is missing is no error. */
  remove(path: string): Promise<void>;
  /**
   * Removes a file unless it is whole: looks and removes in one go, in which
   * nothing else of this process can happen, and leaves what another process
   * has put in its place since it was read.
   *
   * @returns whether it is whole
   */
  dropUnless(
    path: string,
    isWhole: (bytes: Uint8Array<ArrayBuffer>) => boolean,
  ): boolean;
  /** Names of what is in a folder, in order; none if it is missing. */
  list(path: string): readonly string[];
}

/** A file of at most so many bytes, 64 KiB, is read and written synchronously. */
const SMALL = 2 ** 16;

/** The files below a folder. */
export function storeFiles(folder: string): StoreFiles {
  // Not join(): it takes as long as opening the file.
  const at = (path: string) => `${folder}/${path}`;

  function readSmall(path: string): Uint8Array<ArrayBuffer> | undefined {
    return sizeOf(path) === undefined ? undefined : readSync(path);
  }

  function readSync(path: string): Uint8Array<ArrayBuffer> | undefined {
    try {
      return Deno.readFileSync(at(path));
    } catch (error) {
      return undefinedIfMissing(error);
    }
  }

  function sizeOf(path: string): number | undefined {
    try {
      const { size, isFile } = Deno.lstatSync(at(path));
      return isFile ? size : undefined;
    } catch (error) {
      return undefinedIfMissing(error);
    }
  }

  function undefinedIfMissing(error: unknown): undefined {
    if (isGone(error)) return undefined;
    throw storeError(error, { folder, action: "read" });
  }

  function isThere(path: string): boolean {
    try {
      Deno.lstatSync(at(path));
      return true;
    } catch (error) {
      return undefinedIfMissing(error) ?? false;
    }
  }

  async function remove(path: string): Promise<void> {
    if (!isThere(path)) return; // most often, and sooner known
    try {
      await Deno.remove(at(path), { recursive: true });
    } catch (error) {
      if (isGone(error)) return;
      throw storeError(error, { folder });
    }
  }

  return {
    readSmall,
    sizeOf,
    isThere,
    remove,

    dropUnless(path, isWhole) {
      const isWholeAt = (path: string) => {
        const bytes = readSmall(path); // however large it is
        return bytes !== undefined && isWhole(bytes);
      };
      if (isWholeAt(path)) return true;
      const aside = `tmp/${crypto.randomUUID()}`;
      try {
        return unlessGone(() => {
          rename(at(path), at(aside));
          const isMended = isWholeAt(aside);
          if (isMended) rename(at(aside), at(path));
          else Deno.removeSync(at(aside), { recursive: true });
          return isMended;
        }) ?? false;
      } catch (error) {
        throw storeError(error, { folder });
      }
    },

    list(path) {
      try {
        return Array.from(Deno.readDirSync(at(path)), ({ name }) => name)
          .sort();
      } catch (error) {
        return undefinedIfMissing(error) ?? [];
      }
    },

    async read(path) {
      const size = sizeOf(path);
      if (size === undefined) return undefined;
      if (size <= SMALL) return readSync(path);
      try {
        return await Deno.readFile(at(path));
      } catch (error) {
        return undefinedIfMissing(error);
      }
    },

    write: (path, bytes) =>
      written(bytes, (temporary) => rename(temporary, at(path))),

    create: (path, bytes) =>
      written(bytes, (temporary) => {
        const isOurs = link(temporary, at(path));
        unlessGone(() => Deno.removeSync(temporary)); // it may be renamed
        return isOurs;
      }),
  };

  /** Writes a file aside, and puts it where it belongs. */
  async function written<T>(
    bytes: Uint8Array,
    put: (temporary: string) => T,
  ): Promise<T> {
    const temporary = at(`tmp/${crypto.randomUUID()}`);
    try {
      if (bytes.length <= SMALL) createSmall(temporary, bytes);
      else await Deno.writeFile(temporary, bytes, { createNew: true });
      return put(temporary);
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw storeError(error, { folder });
    }
  }
}

function createSmall(path: string, bytes: Uint8Array): void {
  Deno.writeFileSync(path, bytes, { createNew: true });
}

/** Renames into a folder that may not be there yet; a folder in the place of the file goes. */
function rename(from: string, to: string): void {
  inFolder(to, () => Deno.renameSync(from, to));
}

/** Gives a file a second name, if nothing has it; a folder in its place goes. */
function link(from: string, to: string): boolean {
  return inFolder(to, () => {
    try {
      Deno.linkSync(from, to);
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) {
        const there = unlessGone(() => Deno.lstatSync(to));
        if (there?.isFile ?? true) return false; // or another process has just removed it
        throw new Deno.errors.IsADirectory();
      }
      if (error instanceof Deno.errors.NotFound) throw error;
      // Of Linux, then those that macOS numbers otherwise.
      if (!/\bos error (1|18|31|38|95|45|78|102)\b/.test(`${error}`)) {
        throw error;
      }
      Deno.renameSync(from, to); // there are no hard links on this file system, or (18) none between folders
      return true;
    }
  });
}

function inFolder<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      Deno.mkdirSync(join(path, ".."), { recursive: true });
    } else if (error instanceof Deno.errors.IsADirectory) {
      Deno.removeSync(path, { recursive: true });
    } else throw error;
    return act();
  }
}
