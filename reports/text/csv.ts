/**
 * Tables as CSV.
 *
 * @module
 */

/** A table whose cells are numbers at full precision, text, or nothing. */
export interface CsvTable {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** One cell a column in each row. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A table as CSV (RFC 4180): CRLF after every record, quotes where needed. */
export function csv({ columns, rows }: CsvTable): string {
  return [columns, ...rows].map((row) => row.map(field).join(",") + "\r\n")
    .join("");
}

function field(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
