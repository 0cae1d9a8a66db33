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
import { isBlank, readCsv } from "../../data/tables/csv.ts";
import {
  type CellAt,
  type DecimalSign,
  decimalSignOf,
} from "../../data/tables/decimal_sign.ts";
import { type Encoding, inUtf8 } from "../../data/tables/encoding.ts";
import {
  separated,
  type Separator,
  SEPARATORS,
} from "../../data/tables/separator.ts";
import { UsageError } from "../arguments/usage_error.ts";

/** What a file was taken for. */
export interface Reading {
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly decimal: DecimalSign;
}

/** What is used of a table. */
export interface ReadTable {
  /** Digest of the file. */
  readonly sha256: string;
  readonly columns: AccuracyColumns;
  readonly texts: readonly RowText[];
  readonly reading: Reading;
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

async function bytesOf(
  table: string,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
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
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  columnsOf: (names: readonly string[]) => AccuracyColumns,
): Omit<ReadTable, "sha256"> {
  try {
    const { bytes: text, encoding } = inUtf8(bytes, { name });
    const { table, separator } = separated(text);
    const { columns: names, rows } = readCsv(table, {
      name,
      separator,
      take: (names) => {
        const textOf = rowTexts(names, columnsOf(names));
        return (row) => isBlank(row) ? undefined : textOf(row);
      },
    });
    const texts = rows.filter((text) => text !== undefined);
    const decimal = decimalSignOf(accuracyCells(texts), { name });
    const reading = { encoding, separator, decimal };
    return { columns: columnsOf(names), texts, reading };
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof UsageError) throw cause;
    throw new UsageError(cause.message, { cause });
  }
}

function* accuracyCells(texts: readonly RowText[]): Generator<CellAt> {
  for (const { line, reference, shifted } of texts) {
    yield { line, cell: reference };
    yield { line, cell: shifted };
  }
}

/** What was made of a file that is not in UTF-8 with commas and decimal points, as a sentence. */
export function readingText(
  { encoding, separator, decimal }: Reading,
): string | undefined {
  if (`${encoding} ${separator} ${decimal}` === "UTF-8 , .") return undefined;
  return `Read as ${encoding}, columns separated by ${
    SEPARATORS[separator]
  }, decimal ${decimal === "," ? "commas" : "points"}.`;
}
