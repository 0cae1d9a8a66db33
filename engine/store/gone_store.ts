/**
 * What becomes of a run whose store, or a part of it, is removed while the run
 * uses it: it ends, with what was removed.
 *
 * @module
 */
import { StoreError } from "../define/error.ts";
import { entryAt } from "./disk_entry.ts";

/** Somebody removed what a run uses: no stage can go on. */
export class GoneError extends StoreError {}

/** What every store has that a process is in. */
const PARTS = ["format.json", "alive"];

/**
 * The error of a store that was removed; nothing if it is there.
 *
 * @param folder folder of a store that was there
 */
export function goneStore(folder: string): GoneError | undefined {
  const isThere = PARTS.some((name) => entryAt(folder, name) !== undefined);
  return isThere ? undefined : new GoneError(
    `Cannot go on with store "${folder}": it was removed while it was used; run the command again`,
  );
}
