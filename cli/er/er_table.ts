/**
 * Reads the table that `er` is given.
 *
 * @module
 */
import { resolve } from "node:path";
import { type Csv, parseCsv } from "../../data/tables/csv.ts";
import { UsageError } from "../arguments/usage_error.ts";

/**
 * The bytes and the cells of a table.
 *
 * @throws {UsageError} if there is none, or it cannot be read
 */
export async function readTable(
  table: string,
  { folder }: { readonly folder: string },
): Promise<{ readonly bytes: Uint8Array; readonly csv: Csv }> {
  const bytes = await bytesOf(table, resolve(folder, table));
  return { bytes, csv: cellsOf(bytes, table) };
}

async function bytesOf(table: string, path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) {
      throw new UsageError(
        `Cannot read table "${table}": there is no file "${path}"`,
        { cause },
      );
    }
    const state = cause instanceof Deno.errors.IsADirectory
      ? "it is a folder"
      : cause instanceof Error
      ? cause.message
      : String(cause);
    throw new UsageError(`Cannot read table "${table}": ${state}`, { cause });
  }
}

function cellsOf(bytes: Uint8Array, name: string): Csv {
  const other = otherSeparator(bytes);
  if (other !== undefined) {
    throw new UsageError(
      `Cannot read table "${name}": its cells are separated by ${other}; save it with commas, and with points in numbers`,
    );
  }
  try {
    return parseCsv(bytes, { name });
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new UsageError(cause.message, { cause });
  }
}

/** The separator that a spreadsheet wrote instead of commas, if line 1 has that alone. */
function otherSeparator(bytes: Uint8Array): string | undefined {
  const [first = ""] = new TextDecoder().decode(bytes.subarray(0, 10_000))
    .split(/[\r\n]/);
  if (first.includes(",")) return undefined;
  return first.includes(";")
    ? "semicolons"
    : first.includes("\t")
    ? "tabs"
    : undefined;
}
