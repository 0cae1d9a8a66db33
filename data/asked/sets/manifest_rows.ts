/**
 * Lists of images in files: CSV, or JSON with a line for each.
 *
 * @module
 */
import { readCsv } from "../../tables/csv.ts";
import { inUtf8 } from "../../tables/encoding.ts";
import { separatorOf } from "../../tables/separator.ts";

/** What a list says of images, by these names. */
export const COLUMNS = ["file_name", "label", "group", "split"] as const;

/** Name of a column that is read. */
export type Column = typeof COLUMNS[number];

/** What a list says of one image; null where a column is missing or empty. */
export interface ManifestRow extends Readonly<Record<Column, string | null>> {
  /** Where it stands: `line 7`. */
  readonly where: string;
}

/** What a cell says, whatever its kind; `null` where it is empty. */
export function textOf(cell: unknown): string | null {
  const text = cell === null || cell === undefined ? "" : String(cell).trim();
  return text === "" ? null : text;
}

/** A row of the cells of a table, whatever their kind. */
export function rowOf(
  where: string,
  cells: Readonly<Record<string, unknown>>,
): ManifestRow {
  const cell = (name: Column) => textOf(cells[name]);
  return {
    where,
    file_name: cell("file_name"),
    label: cell("label"),
    group: cell("group"),
    split: cell("split"),
  };
}

/**
 * The rows of a CSV file, cut by commas, semicolons or tabs.
 *
 * @throws {Error} if it is no table, or has no column `file_name`
 */
export function csvRows(
  bytes: Uint8Array<ArrayBuffer>,
  { name }: { readonly name: string },
): readonly ManifestRow[] {
  const table = inUtf8(bytes, { name }).bytes;
  return readCsv(table, {
    name,
    separator: separatorOf(table),
    take(columns) {
      const names = columns.map((column) => column.trim());
      checkColumns(names, { name });
      return ({ line, cells }) =>
        rowOf(
          `line ${line}`,
          Object.fromEntries(names.map((column, i) => [column, cells[i]])),
        );
    },
  }).rows;
}

/**
 * The rows of a file with a JSON record on each line.
 *
 * @throws {Error} naming the first line that is none
 */
export function jsonlRows(
  bytes: Uint8Array<ArrayBuffer>,
  { name }: { readonly name: string },
): readonly ManifestRow[] {
  const text = new TextDecoder().decode(inUtf8(bytes, { name }).bytes);
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === "") return [];
    const record = recordOf(line);
    if (record === undefined) {
      throw new Error(
        `Cannot read table "${name}": line ${i + 1} is no JSON record`,
      );
    }
    checkColumns(Object.keys(record), { name, where: `line ${i + 1} of ` });
    return rowOf(`line ${i + 1}`, record);
  });
}

function recordOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(line);
    const isRecord = typeof value === "object" && value !== null &&
      !Array.isArray(value);
    return isRecord ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @throws {Error} if none of them names files
 */
function checkColumns(
  columns: readonly string[],
  { name, where = "" }: { readonly name: string; readonly where?: string },
): void {
  if (columns.includes("file_name")) return;
  throw new Error(
    `Cannot read images: ${where}${name} has no column "file_name", only ${
      columns.map((column) => `"${column}"`).join(", ")
    }`,
  );
}
