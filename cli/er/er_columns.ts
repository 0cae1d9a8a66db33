/**
 * Finds the columns and the group of baselines that `er` was told of, or says
 * that the table has no such thing.
 *
 * @module
 */
import { listed, someOf } from "../../engine/define/listed.ts";
import {
  type AccuracyColumns,
  type AccuracyRow,
  asRead,
} from "../../data/tables/accuracy_table.ts";
import { ROW_NUMBERS } from "../../data/tables/row_numbers.ts";
import { count } from "../display/quantities.ts";
import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage_error.ts";

/** What a column of names is usually called, the likeliest first. */
const NAMES = ["model", "name"];

/** What the group of baselines is usually called. */
const BASELINES = ["baseline", "baselines", "scratch"];

/** So many names are listed, of more only the first. */
const LISTED = 20;

/** Of baselines that are all closer to each other than this, rounding would make the line. */
const LEAST_APART = 1e-5;

/** So many rows that were left out are named. */
const LEFT_OUT = 5;

/** The options that name columns. */
const OPTIONS = ["reference", "shifted", "group", "name"] as const;

/** The words of a line that name columns of a table. */
interface Words
  extends
    Readonly<Record<typeof OPTIONS[number] | "baseline", string | undefined>> {
  readonly table: string;
}

/**
 * The columns of a table: those that are named, else those that are called
 * `reference`, `shifted` and `group`, and one of names.
 *
 * @throws {UsageError} if a column is not there, or is named for two things
 */
export function columnsOf(
  words: Words,
  columns: readonly string[],
): AccuracyColumns {
  const given = OPTIONS
    .flatMap((option) => {
      const name = words[option];
      return name === undefined ? [] : [{ option, name: asIn(columns, name) }];
    });
  for (const [i, { option, name }] of given.entries()) {
    if (!columns.includes(name)) {
      throw new UsageError(
        `Cannot find column "${name}" (--${option}) in table "${words.table}": ${
          columnsListed(columns)
        }${suggestion(name, columns)}${hint(columns)}`,
      );
    }
    const other = given.slice(0, i).find((earlier) => earlier.name === name);
    if (other !== undefined) {
      throw new UsageError(
        `Cannot use column "${name}" twice: --${other.option} and --${option} both name it`,
      );
    }
  }
  const wanted = ["reference", "shifted", "group"] as const;
  const nameOf = (option: typeof wanted[number]) =>
    words[option] ?? usualIn(columns, option);
  const untold = wanted.filter((option) => nameOf(option) === undefined);
  if (untold.length > 0) throw new UsageError(askFor(untold, words, columns));
  const [reference, shifted, group] = wanted
    .map((option) => asIn(columns, nameOf(option) ?? "")) as [
      string,
      string,
      string,
    ];
  const free = columns.filter((name) =>
    ![reference, shifted, group].includes(name)
  );
  const usual = NAMES.flatMap((wanted) => usualIn(free, wanted) ?? []);
  const name = words.name === undefined
    ? usual[0] ?? free.find((name) => !ROW_NUMBERS.test(name)) ?? free[0]
    : asIn(columns, words.name);
  if (name === undefined) {
    throw new UsageError(
      `Cannot name the models of table "${words.table}": it has no column beside "${reference}", "${shifted}" and "${group}"`,
    );
  }
  const found = { reference, shifted, group, name };
  for (const [i, option] of OPTIONS.entries()) {
    const other = OPTIONS.slice(0, i)
      .find((earlier) => found[earlier] === found[option]);
    if (other === undefined) continue;
    const free = words[option] === undefined ? option : other;
    throw new UsageError(
      `Cannot use column "${
        found[option]
      }" twice: it would be --${other} and --${option}; name another with --${free}`,
    );
  }
  return found;
}

/** What is said of columns that nothing tells, of all at once. */
function askFor(
  untold: readonly string[],
  { table }: Words,
  columns: readonly string[],
): string {
  const options = listed(untold.map((option) => `--${option}`));
  const names = untold.map((option) => `"${option}"`);
  return `Cannot tell which ${
    untold.length === 1
      ? `column of table "${table}" ${options} is`
      : `columns of table "${table}" ${options} are`
  }: none is called ${names.join(" or ")}; ${columnsListed(columns)}${
    hint(columns)
  }. Name ${untold.length === 1 ? "it" : "them"} with ${options}${
    untold.includes("group")
      ? ", or add a column that says which models are baselines, trained from scratch"
      : ""
  }`;
}

/** A name as the table has it, perhaps with spaces around it. */
function asIn(columns: readonly string[], name: string): string {
  return columns.includes(name)
    ? name
    : columns.find((column) => asRead(column) === asRead(name)) ?? name;
}

/** The column of that name, or that in other letters. */
function usualIn(
  columns: readonly string[],
  wanted: string,
): string | undefined {
  return columns.find((name) => name === wanted) ??
    columns.find((name) => name.trim().toLowerCase() === wanted);
}

function columnsListed(columns: readonly string[]): string {
  return `${columns.length === 1 ? "the only one is" : "the columns are"} ${
    someOf(columns, LISTED)
  }`;
}

/** A guess at why the names of the columns look odd. */
function hint(columns: readonly string[]): string {
  if (columns.length === 1) {
    return "; cells are separated by commas, semicolons or tabs";
  }
  return columns.every((name) => name.trim() !== "" && !isNaN(Number(name)))
    ? "; the first line has to name the columns"
    : "";
}

/**
 * The group that holds the baselines.
 *
 * @throws {UsageError} if there is no such group, or nothing tells which
 */
export function baselineOf(
  words: Pick<Words, "table" | "baseline"> & { readonly group: string },
  rows: readonly AccuracyRow[],
): string {
  const sizes = new Map<string, number>();
  for (const { group } of rows) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const names = [...sizes.keys()];
  const listed = someOf(
    names.map((name) => `"${name}" (${count(sizes.get(name) ?? 0, "model")})`),
    LISTED,
  );
  const where = `column "${words.group}" of table "${words.table}"`;
  const has = names.length === 0
    ? "the table has no rows"
    : names.length === 1
    ? `the only group is ${listed}`
    : `the groups are ${listed}`;
  if (words.baseline !== undefined) {
    const wanted = asRead(words.baseline);
    if (names.includes(wanted)) return wanted;
    throw new UsageError(
      `Cannot find group "${words.baseline}" (--baseline) in ${where}: ${has}${
        suggestion(wanted, names)
      }`,
    );
  }
  const usual = names.filter((name) => BASELINES.includes(name.toLowerCase()));
  const [only, ...others] = usual;
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError(
    `Cannot tell which group of ${where} holds the baselines: ${has}${
      names.length === 0 ? "" : "; name one with --baseline"
    }`,
  );
}

/**
 * Makes sure that the baselines can have a line, and that another group is
 * there to be measured by it.
 *
 * @throws {UsageError} if not
 */
export function checkGroups(
  rows: readonly AccuracyRow[],
  { baseline, columns, half = 0, leftOut = [] }: {
    readonly baseline: string;
    readonly columns: Pick<AccuracyColumns, "reference" | "group">;
    /** Where accuracies nearer to 0 or 1 count as that: half a reference example. */
    readonly half?: number | undefined;
    /** Rows that lack a cell, as they are named. */
    readonly leftOut?: readonly string[];
  },
): void {
  const without = leftOut.length === 0
    ? ""
    : `, once --drop-incomplete has left out ${someOf(leftOut, LEFT_OUT)}`;
  const baselines = rows.filter(({ group }) => group === baseline);
  const lines = baselines.map(({ line }) => line);
  const [first] = baselines;
  const cannot = "Cannot fit a line through the baselines:";
  if (baselines.length < 3) {
    const where = lines.length === 1 ? "line" : "lines";
    const models = count(baselines.length, "model");
    throw new UsageError(
      `${cannot} group "${baseline}" of column "${columns.group}" has ${models} (${where} ${
        listed(lines.map(String))
      })${without}, and at least 3 are needed`,
    );
  }
  const placed = (reference = 0) =>
    Math.min(Math.max(reference, half), 1 - half);
  const apart = (of: (reference?: number) => number) =>
    baselines.reduce(
      (most, { reference }) =>
        Math.max(most, Math.abs(of(reference) - of(first?.reference))),
      0,
    );
  if (apart(placed) < LEAST_APART) {
    const before = apart((reference = 0) => reference);
    throw new UsageError(
      `${cannot} column "${columns.reference}" has ${
        before === 0
          ? "the same value"
          : before < LEAST_APART
          ? "values within a thousandth of a point"
          : "values nearer to 0 or 100% than half an example"
      } for all ${baselines.length} of them, from line ${lines[0]} to line ${
        lines.at(-1)
      }`,
    );
  }
  if (baselines.length === rows.length) {
    throw new UsageError(
      `Cannot measure effective robustness: column "${columns.group}" has no group beside the baselines "${baseline}"${without}`,
    );
  }
}
