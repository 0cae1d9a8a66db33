/**
 * Tables as CSV.
 *
 * @module
 */
import { visible } from "./escape.ts";

/** A table whose cells are numbers at full precision, text, or nothing. */
export interface CsvTable {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** One cell a column in each row. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/**
 * A table as CSV (RFC 4180): CRLF after every record, quotes where needed, also
 * for programs that part cells by semicolons or tabs. A text that a spreadsheet
 * would run has an apostrophe before it, and so has a part of a text that would
 * be a cell of its own to those.
 */
export function csv({ columns, rows }: CsvTable): string {
  return [...csvLines(columns, rows)].join("");
}

/** The same record by record, for more rows than one would keep. */
export function csvLines(
  columns: readonly string[],
  rows: Iterable<CsvTable["rows"][number]>,
): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      yield record(columns);
      for (const row of rows) yield record(row);
    },
  };
}

function record(row: CsvTable["rows"][number]): string {
  return row.map(field).join(",") + "\r\n";
}

function field(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = visible(value);
  if (/[",;\t\r\n]/.test(text)) return quoted(marked(text));
  return isFormula(text) ? quoted(`'${text}`) : text;
}

/**
 * A text with an apostrophe before each part that is a formula, where parts are
 * cells to a program that parts them by semicolons or tabs: it sees no quotes
 * but those at the start of a cell, where they vanish, and a line break then
 * ends its record.
 */
function marked(text: string): string {
  return text.replaceAll(
    /(?<=^|[;\t\r\n])(?=([^;\r\n]*))/g,
    (_, part: string, at: number) =>
      isFormula(at === 0 ? text : part.replace(/^"+/, "")) ? "'" : "",
  );
}

/**
 * Whether a spreadsheet would run a text: by its first character, as OWASP has
 * them ("CSV Injection"), unless it is a number.
 */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) &&
    !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
