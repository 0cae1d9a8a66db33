/**
 * Files that one process at a time has open: a part that it writes, or a file
 * that says that it is at work.
 *
 * @module
 */

/**
 * Opens a file to be written, which is made if it is not there. Whoever removes
 * or renames it does so before closing it. One that a killed process left is
 * taken over, as it is.
 *
 * @returns `undefined` while another process has it, or this one
 * @throws {Error} if something else than a file is there, or it cannot be opened
 */
export async function openAlone(
  path: string,
): Promise<Deno.FsFile | undefined> {
  for (;;) {
    const before = await there(path);
    // A link leads elsewhere, and whoever opens a pipe waits.
    if (before?.isFile === false) {
      throw new Error(
        `Cannot open "${path}": something else is there; move it away`,
      );
    }
    const file = await Deno.open(path, { write: true, create: true });
    try {
      if (!await lock(file)) {
        file.close();
        return undefined;
      }
      // Whoever had it until now may have renamed or removed it.
      const [own, now] = [await file.stat(), await there(path)];
      if (own.ino === now?.ino && own.dev === now.dev) return file;
    } catch (error) {
      // Where a folder is a link, Deno may tell only now that it may not look.
      if (before === undefined) await Deno.remove(path).catch(() => {});
      file.close();
      throw error;
    }
    file.close();
  }
}

/** Whether nobody else has the lock of a file. */
async function lock(file: Deno.FsFile): Promise<boolean> {
  try {
    return await file.tryLock(true);
  } catch (error) {
    if (knowsNoLocks(error)) return true;
    throw error;
  }
}

/** Whether a file system knows no locks: ENOLCK, ENOSYS and ENOTSUP of Linux and macOS. */
export function knowsNoLocks(error: unknown): boolean {
  return error instanceof Error &&
    /\bos error (37|38|45|77|78|95)\b/.test(error.message);
}

/** What lies at a path, if anything does. */
function there(path: string): Promise<Deno.FileInfo | undefined> {
  return Deno.lstat(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
}
