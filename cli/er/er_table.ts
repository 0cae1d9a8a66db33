/**
 * Reads the table that `er` is given.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import {
  type AccuracyColumns,
  type RowText,
  rowTexts,
} from "../../data/tables/accuracy_table.ts";
import { readCsv } from "../../data/tables/csv.ts";
import { UsageError } from "../arguments/usage_error.ts";

/** What is used of a table. */
export interface ReadTable {
  /** Digest of the file. */
  readonly sha256: string;
  readonly columns: AccuracyColumns;
  readonly texts: readonly RowText[];
}

/**
 * The cells of a table that are used.
 *
 * @param options.columns finds the columns among the names of all
 * @throws {UsageError} if there is no table, or it cannot be read
 */
export async function readTable(
  table: string,
  { folder, columnsOf }: {
    readonly folder: string;
    readonly columnsOf: (names: readonly string[]) => AccuracyColumns;
  },
): Promise<ReadTable> {
  const bytes = await bytesOf(table, resolve(folder, table));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { sha256, ...cellsOf(bytes, table, columnsOf) };
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

function cellsOf(
  bytes: Uint8Array,
  name: string,
  columnsOf: (names: readonly string[]) => AccuracyColumns,
): Omit<ReadTable, "sha256"> {
  const other = otherSeparator(bytes);
  if (other !== undefined) {
    throw new UsageError(
      `Cannot read table "${name}": its cells are separated by ${other}; save it with commas, and with points in numbers`,
    );
  }
  try {
    const { columns: names, rows: texts } = readCsv(bytes, {
      name,
      take: (names) => rowTexts(names, columnsOf(names)),
    });
    return { columns: columnsOf(names), texts };
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof UsageError) throw cause;
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
