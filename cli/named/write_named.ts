/**
 * Files that somebody has named, to be written.
 *
 * @module
 */
import { dirname, resolve } from "node:path";
import { UsageError } from "../arguments/usage_error.ts";
import type { Shell } from "../shell/shell.ts";
import { BeingWrittenError, writeWhole } from "./write_whole.ts";

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
    return `permission denied; write to standard output with \`${option} -\``;
  }
  if (cause instanceof BeingWrittenError) {
    return `${cause.message}; wait for that, or name another file with ${option}`;
  }
  const message = cause instanceof Error ? cause.message : String(cause);
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
