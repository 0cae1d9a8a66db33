/**
 * Reads the table that `er` is given.
 *
 * @module
 */
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
import { digestOf } from "../../engine/define/hash.ts";
import { messageOf } from "../../engine/define/message_of.ts";
import { byteSize } from "../../reports/value/wording.ts";
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
 * @param options.columnsOf finds the columns among the names of all
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
  return { sha256: digestOf(bytes), ...cellsOf(bytes, table, columnsOf) };
}

/** What is to be done with what comes from no file. */
const AS_FILE = "write what it gives to a file, and name that";

async function bytesOf(
  table: string,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const refused = (state: string, cause?: unknown) =>
    new UsageError(`Cannot read table "${table}": ${state}`, { cause });
  try {
    const { isFile, isDirectory, isFifo } = await Deno.stat(path);
    if (isFile) return await Deno.readFile(path);
    if (isDirectory) throw refused("it is a folder");
    // What else there is need not end, such as /dev/zero.
    const bytes = isFifo ? await piped(path) : undefined;
    if (bytes !== undefined) return bytes;
    throw refused(
      isFifo
        ? `it is a pipe that gives more than ${
          byteSize(MOST_PIPED)
        }; ${AS_FILE}`
        : `it is not a file; ${AS_FILE}`,
    );
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    if (cause instanceof Deno.errors.NotFound) {
      throw refused(`there is no file "${path}"`, cause);
    }
    throw cause instanceof Deno.errors.NotCapable
      ? refused(`Deno lets no program read it; ${AS_FILE}`)
      : refused(messageOf(cause), cause);
  }
}

/** So many bytes are taken from a pipe. */
const MOST_PIPED = 2 ** 28;

/** What a pipe gives; nothing if that is too much. */
async function piped(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { readable } = await Deno.open(path);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of readable) {
    size += piece.length;
    if (size > MOST_PIPED) return undefined;
    pieces.push(piece);
  }
  return await new Blob(pieces).bytes();
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
