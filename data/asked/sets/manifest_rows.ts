/**
 * Lists of images in files: CSV, or JSON with a line for each.
 *
 * @module
 */
import { isBlank, readCsv } from "../../tables/csv.ts";
import { inUtf8 } from "../../tables/encoding.ts";
import { separatorOf } from "../../tables/separator.ts";
import { isMissing, plainName } from "../missing.ts";

/** What a list says of images, by these names. */
const COLUMNS = ["file_name", "label", "group", "split"] as const;

/** Name of a column that is read. */
export type Column = typeof COLUMNS[number];

/** What a list says of one image; null where a column is missing or empty. */
export interface ManifestRow extends Readonly<Record<Column, string | null>> {
  /** Where it stands: `line 7`. */
  readonly where: string;
}

/**
 * What a cell says, whatever its kind; `null` where it is empty, or says that
 * it is.
 *
 * @param options.where what messages call the place, e.g. `line 7 of list.csv`
 * @throws {Error} if it is a record or a list
 */
export function textOf(
  cell: unknown,
  { column, where }: { readonly column: string; readonly where: string },
): string | null {
  if (Array.isArray(cell) && cell.length === 1) {
    return textOf(cell[0], { column, where });
  }
  const isNested = typeof cell === "object" && cell !== null &&
    (Array.isArray(cell) || Object.getPrototypeOf(cell) === Object.prototype);
  if (isNested) {
    throw new Error(
      `Cannot read images: ${where} has ${
        JSON.stringify(cell).slice(0, 80)
      } as "${column}", where one word or number must be`,
    );
  }
  const text = written(cell);
  return isMissing(text) ? null : plainName(text);
}

/** The text of a cell; some programs write text as bytes. */
function written(cell: unknown): string {
  return cell instanceof Uint8Array
    ? new TextDecoder().decode(cell).trim()
    : String(cell ?? "").trim();
}

/** The column that each name stands for, in letters of any case. */
export type ColumnNames = Readonly<Partial<Record<Column, string>>>;

/**
 * Finds the columns that are read among those there are.
 *
 * @throws {Error} if two of them are the same one
 */
export function columnNames(
  columns: readonly string[],
  { name, where = "" }: { readonly name: string; readonly where?: string },
): ColumnNames {
  const found: Partial<Record<Column, string>> = {};
  for (const column of columns) {
    const plain = column.trim().toLowerCase() as Column;
    if (!COLUMNS.includes(plain)) continue;
    if (found[plain] !== undefined) {
      throw new Error(
        `Cannot read images: ${where}${name} has two columns "${plain}"; keep one`,
      );
    }
    found[plain] = column;
  }
  return found;
}

/**
 * A row of the cells of a table, whatever their kind.
 *
 * @throws {Error} if one of them is a record or a list
 */
export function rowOf(
  where: string,
  { name, cellOf }: {
    /** Of the table, for errors. */
    readonly name: string;
    readonly cellOf: (column: Column) => unknown;
  },
): ManifestRow {
  const cell = (column: Column) =>
    textOf(cellOf(column), { column, where: `${where} of ${name}` });
  // A file may be called like what says that a cell is empty.
  const file = written(cellOf("file_name"));
  return {
    where,
    file_name: file === "" ? null : file,
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
      const names = columnNames(columns, { name });
      checkFileNames(names, { columns, name });
      const places = new Map(
        Object.entries(names)
          .map(([column, there]) => [column, columns.indexOf(there)]),
      );
      return (row) =>
        isBlank(row) ? [] : rowOf(`line ${row.line}`, {
          name,
          cellOf: (column) => row.cells[places.get(column) ?? -1],
        });
    },
  }).rows.flat();
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
        `Cannot read table "${name}": line ${i + 1} is not a JSON record`,
      );
    }
    const where = `line ${i + 1} of `;
    const columns = Object.keys(record);
    const names = columnNames(columns, { name, where });
    checkFileNames(names, { columns, name, where });
    return rowOf(`line ${i + 1}`, {
      name,
      cellOf: (column) => record[names[column] ?? ""],
    });
  });
}

/**
 * The value of JSON, with whole numbers that no double holds as they are
 * written: of two ids one must not become the other.
 *
 * @throws {SyntaxError} if it is none
 */
// deno-lint-ignore no-explicit-any -- as JSON.parse() has it
export function parseExactly(text: string): any {
  const reviver = (
    _: string,
    value: unknown,
    context?: { readonly source?: string },
  ) =>
    typeof value === "number" && !Number.isSafeInteger(value) &&
      /^-?\d+$/.test(context?.source ?? "")
      ? context?.source
      : value;
  return JSON.parse(text, reviver);
}

function recordOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseExactly(line);
    const isRecord = typeof value === "object" && value !== null &&
      !Array.isArray(value);
    return isRecord ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @throws {Error} if no column names files
 */
function checkFileNames(
  { file_name }: ColumnNames,
  { columns, name, where = "" }: {
    readonly columns: readonly string[];
    readonly name: string;
    readonly where?: string;
  },
): void {
  if (file_name !== undefined) return;
  throw new Error(
    `Cannot read images: ${where}${name} has no column "file_name", only ${
      columns.map((column) => `"${column.trim()}"`).join(", ")
    }`,
  );
}
