/**
 * What keeps a folder from being read or written, as a user needs to hear it.
 *
 * @module
 */
import { messageOf } from "./message_of.ts";

/** Who named a folder, and what to do instead. */
export interface FolderUse {
  /** Option that names the folder, e.g. `--site`, if there is one. */
  readonly option?: string | undefined;
  /** Where else to go; to name another folder, with the option, unless given. */
  readonly instead?: string | undefined;
  /** What to know and do if the disk is full; to free some space unless given. */
  readonly whenFull?: string | undefined;
}

/** What to do where a folder cannot be used. */
export function insteadOf({ option, instead }: FolderUse): string {
  return instead ??
    `name another folder${option === undefined ? "" : ` with ${option}`}`;
}

/** The state of a folder with the way out; `undefined` for an error that is about no such thing. */
export function folderState(
  error: unknown,
  use: FolderUse,
): string | undefined {
  const { option, whenFull = "free some space and run again" } = use;
  const message = messageOf(error);
  if (/\bos error (28|122|69)\b/.test(message)) {
    return `the disk is full; ${whenFull}`;
  }
  if (error instanceof Deno.errors.NotCapable) {
    return `Deno may not; ${
      option === undefined
        ? `add the folder to the permissions in deno.json, or ${insteadOf(use)}`
        : `where a link leads there, name what it leads to with ${option}`
    }`;
  }
  if (isDenied(error)) return `permission denied; ${insteadOf(use)}`;
  if (/\bos error 20\b/.test(message)) {
    return `a file is in the way; ${insteadOf(use)}`;
  }
  return undefined;
}

/** Whether the system forbids something, to this user or on this file system. */
export function isDenied(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    (error instanceof Error && /\bos error (1|13|30)\b/.test(error.message));
}
