/**
 * Reading tables in CSV (RFC 4180) with the line that each row starts on.
 *
 * @module
 */
// @ts-types="./csv_parse.d.ts"
import { CsvError, parse, type ParsedRecord } from "csv-parse/sync";

/** A row of a table. */
export interface CsvRow {
  /** Line of the file that it starts on; the first is 1. */
  readonly line: number;
  /** One cell a column, as written. */
  readonly cells: readonly string[];
}

/** A table as text. */
export interface Csv {
  /** Names of the columns, each of them once. */
  readonly columns: readonly string[];
  /** The rows below them; blank lines are left out. */
  readonly rows: readonly CsvRow[];
}

const [LINE_FEED, CARRIAGE_RETURN] = [10, 13];

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
  const cannot = `Cannot read ${
    name === undefined ? "the table" : `table "${name}"`
  }: `;
  const bytes = withoutMark(
    typeof content === "string" ? new TextEncoder().encode(content) : content,
  );
  const state = encodingState(bytes);
  if (state !== undefined) throw new Error(cannot + state);
  const [header, ...rows] = rowsOf(bytes, cannot);
  if (header === undefined) {
    throw new Error(`${cannot}it is empty`);
  }
  const columns = header.cells;
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new Error(
      `${cannot}line ${header.line} names two columns "${twice}"`,
    );
  }
  const odd = rows.find(({ cells }) => cells.length !== columns.length);
  if (odd !== undefined) {
    throw new Error(
      `${cannot}the row on line ${odd.line} has ${
        count(odd.cells.length, "cell")
      }, and line ${header.line} names ${count(columns.length, "column")}`,
    );
  }
  return { columns, rows };
}

function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? "" : "s"}`;
}

function rowsOf(bytes: Uint8Array, cannot: string): readonly CsvRow[] {
  const lines = lineCounter(bytes);
  let start = 0;
  const rows: CsvRow[] = [];
  for (const { record, info } of parseRecords(bytes, cannot)) {
    const line = lines.at(start);
    const isBlank = isBreak(bytes[start]) || start === bytes.length;
    if (!isBlank) rows.push({ line, cells: record });
    start = info.bytes;
  }
  return rows;
}

function parseRecords(
  bytes: Uint8Array,
  cannot: string,
): readonly ParsedRecord[] {
  try {
    return parse(bytes, {
      info: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true, // counted above, for a message with both lines
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Without the parser's own error: it would say the same again, with another line.
    throw new Error(cannot + stateOf(error, bytes));
  }
}

function stateOf(error: CsvError, bytes: Uint8Array): string {
  // The parser's own count takes a CRLF in quotes for two lines.
  const lineAt = (place: "bytes" | "bytes_records") =>
    lineCounter(bytes).at(error[place] ?? 0);
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return `a quote in the row on line ${
        lineAt("bytes_records")
      } is never closed`;
    case "CSV_INVALID_CLOSING_QUOTE":
      return `line ${
        lineAt("bytes")
      } goes on after a closing quote; a quote inside a quoted cell is written twice`;
    case "INVALID_OPENING_QUOTE":
      return `line ${
        lineAt("bytes")
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
  const isUtf8 = (part: Uint8Array) => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(part);
      return true;
    } catch {
      return false;
    }
  };
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
