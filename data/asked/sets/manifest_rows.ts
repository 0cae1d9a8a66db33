/**
 * Lists of images in files: CSV, or JSON with a line for each.
 *
 * @module
 */
import { isBlank, readCsv } from "../../tables/csv.ts";
import { inUtf8 } from "../../tables/encoding.ts";
import { separated } from "../../tables/separator.ts";
import { isMissing, plainName } from "../missing.ts";
import { isNamed, missingText, propertyColumns } from "../property_columns.ts";
import type { PropertyNames } from "../question.ts";

/** What a list says of images, by these names. */
const COLUMNS = ["file_name", "label", "group", "split"] as const;

/** Name of a column that is read. */
export type Column = typeof COLUMNS[number];

/** What a list says of one image; null where a column is missing or empty. */
export interface ManifestRow extends Readonly<Record<Column, string | null>> {
  /** Where it stands: `line 7`. */
  readonly where: string;
  /** Properties by name, "" where nothing is known; left out where there are none. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** What messages call a list, and which of its columns the question names as properties. */
export interface ListOptions {
  readonly name: string;
  readonly property?: PropertyNames | undefined;
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

/** The text of a cell; some programs write text as bytes, and days as their midnights. */
function written(cell: unknown): string {
  if (cell instanceof Date) {
    // A date that is none has null.
    return cell.toJSON()?.replace(/T00:00:00\.000Z$|\.000(?=Z$)/, "") ?? "";
  }
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
  { name, property, where = "" }: ListOptions & { readonly where?: string },
): ColumnNames {
  const found: Partial<Record<Column, string>> = {};
  for (const column of columns) {
    const role = roleOf(column, property);
    if (role === undefined) continue;
    if (found[role] !== undefined) {
      throw new Error(
        `Cannot read images: ${where}${name} has two columns "${role}"; keep one`,
      );
    }
    found[role] = column;
  }
  return found;
}

/** What a column holds. A group that is named as a property does not say besides what goes together. */
function roleOf(
  column: string,
  property: PropertyNames | undefined,
): Column | undefined {
  const name = column.trim();
  return COLUMNS.find((role) =>
    role === name.toLowerCase() &&
    !(role === "group" && isNamed(name, property))
  );
}

/** The column of each property. */
export type ListedProperties = ReadonlyMap<string, string>;

/**
 * Finds the columns that are properties.
 *
 * @throws {Error} if there is none of a name, or it is read as something else
 */
export function listedProperties(
  columns: readonly string[],
  { name, property }: ListOptions,
): ListedProperties {
  const what = `images of ${name}`;
  const names = columns.map((column) => column.trim());
  const { properties, missing } = propertyColumns(names, {
    what,
    property,
    roleOf: (at) => roleOf(columns[at] ?? "", property),
  });
  if (missing.length > 0) {
    throw new Error(missingText(what, { missing, names }));
  }
  return new Map(
    Array.from(properties, ([one, at]) => [one, columns[at] as string]),
  );
}

/**
 * A row of the cells of a table, whatever their kind.
 *
 * @throws {Error} if one of them is a record or a list
 */
export function rowOf(
  at: string,
  { name, names, properties, cellOf }: {
    /** Of the table, for errors. */
    readonly name: string;
    readonly names: ColumnNames;
    readonly properties: ListedProperties;
    readonly cellOf: (column: string) => unknown;
  },
): ManifestRow {
  const where = `${at} of ${name}`;
  const given = (column: Column) => {
    const { [column]: there } = names;
    return there === undefined ? undefined : cellOf(there);
  };
  const cell = (column: Column) => textOf(given(column), { column, where });
  // A file may be called like what says that a cell is empty.
  const file = written(given("file_name"));
  return {
    where: at,
    file_name: file === "" ? null : file,
    label: cell("label"),
    group: cell("group"),
    split: cell("split"),
    ...properties.size === 0 ? {} : {
      properties: Object.fromEntries(
        Array.from(properties, ([property, column]) => [
          property,
          textOf(cellOf(column), { column, where }) ?? "",
        ]),
      ),
    },
  };
}

/**
 * The rows of a CSV file, cut by commas, semicolons or tabs.
 *
 * @throws {Error} if it is no table, or has no column `file_name`
 */
export function csvRows(
  bytes: Uint8Array<ArrayBuffer>,
  options: ListOptions,
): readonly ManifestRow[] {
  const { name } = options;
  const { table, separator } = separated(inUtf8(bytes, { name }).bytes);
  return readCsv(table, {
    name,
    separator,
    take(columns) {
      const names = columnNames(columns, options);
      checkFileNames(names, { columns, name });
      const properties = listedProperties(columns, options);
      const places = new Map(
        [...Object.values(names), ...properties.values()]
          .map((column) => [column, columns.indexOf(column)]),
      );
      return (row) =>
        isBlank(row) ? [] : rowOf(`line ${row.line}`, {
          name,
          names,
          properties,
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
  options: ListOptions,
): readonly ManifestRow[] {
  const { name } = options;
  const text = new TextDecoder().decode(inUtf8(bytes, { name }).bytes);
  const all = new Set<string>();
  const lines = text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === "") return [];
    const record = recordOf(line);
    if (record === undefined) {
      throw new Error(
        `Cannot read table "${name}": line ${i + 1} is not a JSON record`,
      );
    }
    const where = `line ${i + 1} of `;
    const columns = Object.keys(record);
    const names = columnNames(columns, { ...options, where });
    checkFileNames(names, { columns, name, where });
    for (const column of columns) all.add(column);
    return { at: `line ${i + 1}`, record, names };
  });
  const properties = listedProperties([...all], options);
  return lines.map(({ at, record, names }) =>
    rowOf(at, { name, names, properties, cellOf: (column) => record[column] })
  );
}

/**
 * The value of JSON, with `null` for Python's NaN, its Infinity as a word, and
 * whole numbers that no double holds as they are written: of two ids one must
 * not become the other.
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
  const isPython = /NaN|Infinity/.test(text); // a look takes less than a search
  return JSON.parse(isPython ? withoutNaN(text) : text, reviver);
}

/** JSON without the words that Python writes for numbers that are none; within strings they stay. */
function withoutNaN(text: string): string {
  let isInString = false;
  return text.replace(/\\.|"|\bNaN\b|-?\bInfinity\b/g, (found) => {
    if (found === '"') isInString = !isInString;
    const isWord = !isInString && /^[-IN]/.test(found);
    return !isWord ? found : found === "NaN" ? "null" : `"${found}"`;
  });
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
    }; rename the one with the paths of images`,
  );
}
