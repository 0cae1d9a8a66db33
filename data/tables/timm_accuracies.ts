/**
 * The accuracies of timm's tables that are used here, in a file beside this
 * module: they are facts, and there without a network. Its head says of each
 * column which table it is from.
 *
 * @module
 */
import { withoutRemarks } from "./csv.ts";
import { type OfEachTable, ofEachTable } from "./timm_results.ts";
import { readTimmTable, type TimmRow } from "./timm_table.ts";

/** Path of the file from the root of the project. */
export const TIMM_ACCURACIES = "data/tables/timm_accuracies.csv";

/** Reads the file. */
export function timmAccuracies(): Promise<Uint8Array> {
  return Deno.readFile(new URL("./timm_accuracies.csv", import.meta.url));
}

/**
 * The rows of each table, in the order of the file.
 *
 * @param bytes of such a file
 * @throws {Error} naming line and column, as {@linkcode readTimmTable} does
 */
export function readTimmAccuracies(
  bytes: Uint8Array,
): OfEachTable<readonly TimmRow[]> {
  const text = withoutRemarks(new TextDecoder().decode(bytes));
  const table = new TextEncoder().encode(text);
  return ofEachTable((column) =>
    readTimmTable({ title: TIMM_ACCURACIES, bytes: table, column })
  );
}
