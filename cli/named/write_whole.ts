/**
 * Files that are written in full or not at all.
 *
 * @module
 */
import { messageOf } from "../../engine/define/message_of.ts";
import { partOf } from "../../engine/store/disk_entry.ts";
import { openAlone } from "../../engine/store/open_alone.ts";
import { dirname, resolve } from "node:path";
import { UsageError } from "../arguments/usage_error.ts";
import type { Shell } from "../shell/shell.ts";

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

/** The option that names a file, such as `--to`. */
interface Named {
  readonly option: string;
}

/**
 * Writes a file that somebody has named, in full or not at all.
 *
 * @throws {UsageError} if there is a file that is to be left
 * @throws {Error} if it cannot be written
 */
export async function writeNamedFile(
  name: string,
  bytes: Uint8Array,
  { folder, option, createNew = false }: Pick<Shell, "folder"> & Named & {
    /** Whether a file of that name is left as it is. */
    readonly createNew?: boolean;
  },
): Promise<void> {
  try {
    await writeWhole(resolve(folder, name), (put) => put(bytes), { createNew });
  } catch (cause) {
    const isThere = cause instanceof Deno.errors.AlreadyExists;
    throw new (isThere ? UsageError : Error)(
      `Cannot write "${name}": ${whyUnwritten(cause, { name, option })}`,
      { cause },
    );
  }
}

/** Why a file that somebody has named is not written, and the way out. */
export function whyUnwritten(
  cause: unknown,
  { name, option }: Named & { readonly name: string },
): string {
  if (cause instanceof Deno.errors.NotCapable) {
    return `Deno may not; where a link leads there, name the file that it leads to, or write to standard output with \`${option} -\``;
  }
  if (cause instanceof BeingWrittenError) {
    return `${cause.message}; wait for that, or name another file with ${option}`;
  }
  const message = messageOf(cause);
  switch (/\(os error (\d+)\)/.exec(message)?.[1]) {
    case "1":
    case "13":
    case "30":
      return `permission denied; name another file with ${option}`;
    case "2":
      return `there is no folder "${
        dirname(name)
      }"; make it, or name another file with ${option}`;
    case "17":
      return `there is a file of that name; remove it, or name another with ${option}`;
    case "20":
      return `"${
        dirname(name)
      }" is not a folder; name another file with ${option}`;
    case "21":
      return `it is a folder; name a file in it with ${option}`;
    case "28":
    case "122":
      return "the disk is full";
    default:
      return message;
  }
}
