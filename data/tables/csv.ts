/**
 * Reading tables in CSV (RFC 4180) with the line that each row starts on.
 *
 * @module
 */
// @ts-types="./csv_parse.d.ts"
import { CsvError, parse } from "csv-parse/sync";
import { isUtf8 } from "./encoding.ts";
import type { Separator } from "./separator.ts";

/** A row of a table. */
export interface CsvRow {
  /** Line of the file that it starts on; the first is 1. */
  readonly line: number;
  /** One cell a column, as written. */
  readonly cells: readonly string[];
}

/** Whether a row has nothing in it, as spreadsheets write some below a table. */
export function isBlank({ cells }: Pick<CsvRow, "cells">): boolean {
  return cells.every((cell) => cell.trim() === "");
}

/** A table as text, or as what is made of it row by row. */
export interface Csv<T = CsvRow> {
  /** Names of the columns, each of them once, but for those that have none. */
  readonly columns: readonly string[];
  /** The rows below them; blank lines are left out. */
  readonly rows: readonly T[];
}

const [LINE_FEED, CARRIAGE_RETURN] = [10, 13];

/** A table without what its lines that begin with `#` say; the others keep their numbers. */
export function withoutRemarks(text: string): string {
  return text.replaceAll(/^#.*/gm, "");
}

/**
 * Reads a table whose first row names the columns. A byte order mark, any of
 * the three line breaks, breaks and commas in quotes, and doubled quotes are
 * all read; lines that are wholly empty are not rows.
 *
 * @param content text, or its bytes in UTF-8
 * @param options.name of the file, for errors
 * @throws {Error} naming the line, if the bytes are not UTF-8, a quote is out
 * of place or never closed, rows differ in their number of cells, two columns
 * share a name, or there is no row of column names
 */
export function parseCsv(
  content: string | Uint8Array,
  { name }: { readonly name?: string | undefined } = {},
): Csv {
  return readCsv(content, { name, take: () => (row) => row });
}

/**
 * The same for a table of any length: a row is kept as what is taken of it.
 *
 * @param options.separator what stands between cells; a comma unless said otherwise
 * @param options.take given the names of the columns, what to take of a row;
 * what it throws is thrown once the whole table is known to be one
 * @throws {Error} as {@linkcode parseCsv} does
 */
export function readCsv<T>(
  content: string | Uint8Array,
  { name, separator = ",", take }: {
    readonly name?: string | undefined;
    readonly separator?: Separator;
    readonly take: (columns: readonly string[]) => (row: CsvRow) => T;
  },
): Csv<T> {
  const cannot = `Cannot read ${
    name === undefined ? "the table" : `table "${name}"`
  }: `;
  const bytes = withoutMark(
    typeof content === "string" ? new TextEncoder().encode(content) : content,
  );
  const state = encodingState(bytes);
  if (state !== undefined) throw new Error(cannot + state);
  const rows: T[] = [];
  const seen: Seen<T> = {};
  eachRow(bytes, { separator, cannot }, (row) => {
    if (seen.header === undefined) {
      seen.header = row;
      seen.taking = takingOf(take, row.cells);
    } else if (row.cells.length !== seen.header.cells.length) seen.odd ??= row;
    else if (seen.taking?.kind === "taker") rows.push(seen.taking.of(row));
  });
  const { header, taking, odd } = seen;
  if (header === undefined || taking === undefined) {
    throw new Error(`${cannot}it is empty`);
  }
  const { cells: columns, line } = header;
  const twice = columns.find((name, i) =>
    name !== "" && columns.indexOf(name) !== i
  );
  if (twice !== undefined) {
    throw new Error(`${cannot}line ${line} names two columns "${twice}"`);
  }
  if (odd !== undefined) {
    throw new Error(
      `${cannot}the row on line ${odd.line} has ${
        count(odd.cells.length, "cell")
      }, and line ${line} names ${count(columns.length, "column")}`,
    );
  }
  if (taking.kind === "refused") throw taking.error;
  return { columns, rows };
}

/** What has been met of a table. */
interface Seen<T> {
  header?: CsvRow;
  taking?: Taking<T>;
  /** The first row with another number of cells than the header. */
  odd?: CsvRow;
}

/** What to take of a row, or why nothing can be taken. */
type Taking<T> =
  | { readonly kind: "taker"; readonly of: (row: CsvRow) => T }
  | { readonly kind: "refused"; readonly error: unknown };

function takingOf<T>(
  take: (columns: readonly string[]) => (row: CsvRow) => T,
  columns: readonly string[],
): Taking<T> {
  try {
    return { kind: "taker", of: take(columns) };
  } catch (error) {
    return { kind: "refused", error };
  }
}

function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? "" : "s"}`;
}

/** Calls for each row that is not blank; no list of them is kept. */
function eachRow(
  bytes: Uint8Array,
  { separator, cannot }: {
    readonly separator: Separator;
    readonly cannot: string;
  },
  onRow: (row: CsvRow) => void,
): void {
  const lines = lineCounter(bytes);
  let start = 0;
  try {
    parse(bytes, {
      delimiter: separator,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true, // counted above, for a message with both lines
      on_record(cells, info) {
        const line = lines.at(start);
        const isBlank = isBreak(bytes[start]) || start === bytes.length;
        if (!isBlank) onRow({ line, cells });
        start = info.bytes;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Without the parser's own error: it would say the same again, with another line.
    throw new Error(cannot + stateOf(error, { bytes, start }));
  }
}

/** @param start where the record began that was being read */
function stateOf(
  error: CsvError,
  { bytes, start }: { readonly bytes: Uint8Array; readonly start: number },
): string {
  // The parser's own count takes a CRLF in quotes for two lines.
  const lineAt = (place: number) => lineCounter(bytes).at(place);
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return `a quote in the row on line ${lineAt(start)} is never closed`;
    case "CSV_INVALID_CLOSING_QUOTE":
      return `line ${
        lineAt(error.bytes ?? 0)
      } goes on after a closing quote; a quote inside a quoted cell is written twice`;
    case "INVALID_OPENING_QUOTE":
      return `line ${
        lineAt(error.bytes ?? 0)
      } has a quote inside a cell that does not start with one`;
    default:
      return error.message;
  }
}

/** Gives the line of ever later places in the bytes. */
function lineCounter(
  bytes: Uint8Array,
): { readonly at: (place: number) => number } {
  let [line, counted] = [1, 0];
  return {
    at(place) {
      for (; counted < place; counted++) {
        const isFirstOfTwo = bytes[counted] === CARRIAGE_RETURN &&
          bytes[counted + 1] === LINE_FEED;
        if (isBreak(bytes[counted]) && !isFirstOfTwo) line++;
      }
      return line;
    },
  };
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  const isMarked = [0xef, 0xbb, 0xbf].every((byte, i) => bytes[i] === byte);
  return isMarked ? bytes.subarray(3) : bytes;
}

function isBreak(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/** Which line is not UTF-8, if one is not. */
function encodingState(bytes: Uint8Array): string | undefined {
  if (isUtf8(bytes)) return undefined;
  const lines = lineCounter(bytes);
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    const line = lines.at(start);
    if (!isUtf8(bytes.subarray(start, end))) {
      return `line ${line} is not UTF-8; save the file as CSV in UTF-8`;
    }
    start = end;
  }
  return undefined;
}
