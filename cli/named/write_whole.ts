/**
 * Files that are written in full or not at all.
 *
 * @module
 */
import { partOf } from "../../engine/store/disk_entry.ts";
import { openAlone } from "../../engine/store/open_alone.ts";

/** So many bytes are written at once, so that whoever stops that need not wait. */
const PIECE_BYTES = 1 << 22;

/** Another process is writing the file. */
export class BeingWrittenError extends Error {
  override readonly name = "BeingWrittenError";

  constructor() {
    super("another process is writing it");
  }
}

/** What is reached for where a file is written by {@linkcode writeWhole}. */
export function placesOfWhole(file: string): readonly string[] {
  return [file, partOf(behindLink(file))];
}

/**
 * Writes a file beside its place, which it takes when it is whole. A link to a
 * file stays a link; a pipe or a device is written as it is.
 *
 * @param write gives the bytes away one after the other
 * @throws {BeingWrittenError} while another process does so
 * @throws what the file system says; what was there is as it was then
 */
export async function writeWhole<T>(
  path: string,
  write: (put: (bytes: Uint8Array) => Promise<void>) => Promise<T>,
  { createNew = false, signal }: {
    /** Whether a file of that name is left as it is. */
    readonly createNew?: boolean;
    /** Ends the writing. */
    readonly signal?: AbortSignal;
  } = {},
): Promise<T> {
  const into = (file: Deno.FsFile) => write((bytes) => put(bytes, file));
  async function put(bytes: Uint8Array, file: Deno.FsFile): Promise<void> {
    for (let start = 0; start < bytes.length;) {
      signal?.throwIfAborted();
      const piece = bytes.subarray(start, start + PIECE_BYTES);
      start += await file.write(piece);
    }
  }
  using there = createNew ? undefined : await openThere(path);
  if (there !== undefined && !(await there.stat()).isFile) {
    return await into(there);
  }
  const target = createNew ? path : behindLink(path);
  const part = partOf(target);
  using file = await openAlone(part);
  if (file === undefined) throw new BeingWrittenError();
  try {
    await file.truncate(); // a process that was killed left it
    const result = await into(file);
    if (createNew) {
      (await Deno.open(target, { write: true, createNew })).close();
    }
    await Deno.rename(part, target);
    return result;
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw error;
  }
}

/** What is to be replaced, if it is there; whoever may not write it may not replace it either. */
function openThere(path: string): Promise<Deno.FsFile | undefined> {
  return Deno.open(path, { write: true }).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
}

/** The file that a link leads to; any other as it is named. */
function behindLink(file: string): string {
  try {
    Deno.readLinkSync(file);
    return Deno.realPathSync(file);
  } catch {
    return file;
  }
}
