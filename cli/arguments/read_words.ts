/**
 * Reads the words after a command by the command's table. Cutting the line into
 * options, values and other words is Node's; what is wrong with it is said here.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import { parseArgs } from "node:util";
import { nearest } from "./nearest.ts";
import { UsageError } from "./usage_error.ts";
import {
  type Asked,
  optionOf,
  type Row,
  unusable,
  type Words,
} from "./words.ts";

/** The name of a command, and its options and other words. */
export interface Table<W extends Words> {
  readonly name: string;
  readonly words: W;
}

/** What every command may be asked for instead of doing its work. */
const ALWAYS = ["--help", "--version"];

/**
 * What some words ask for.
 *
 * @throws {UsageError} if the command does not take them
 */
export function readWords<W extends Words>(
  args: readonly string[],
  table: Table<W>,
): Asked<W> {
  const given = textsOf(args, table);
  const values = Object.entries<Row>(table.words).map(([key, row]) => [
    key,
    valueOf(given.get(key) ?? [], {
      option: row.positional && row.value !== undefined
        ? row.value.metavar
        : optionOf(key),
      row,
    }),
  ]);
  return Object.fromEntries(values) as Asked<W>;
}

/** Whether one of these options is among words, before a `--`. */
export function isAskedFor(
  options: readonly string[],
  args: readonly string[],
): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? args.length : end)
    .some((word) => options.includes(word));
}

/** What was given for each key, in words; a switch has the text "". */
function textsOf(
  args: readonly string[],
  { name, words }: Table<Words>,
): ReadonlyMap<string, readonly string[]> {
  const rows = Object.entries(words);
  let places = rows.filter(([, { positional }]) => positional === true);
  const last = rows.filter(([, { positional }]) => positional === "after --");
  const options = new Map(
    rows.filter(([, { positional }]) => !positional)
      .map((entry) => [optionOf(entry[0]), entry]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      [...options].map(([option, [, { value }]]) => [
        option.slice("--".length),
        { type: value === undefined ? "boolean" : "string" },
      ]),
    ),
    tokens: true,
    // Its own messages name no option that was perhaps meant.
    strict: false,
  });
  const given = new Map<string, string[]>();
  const add = (key: string, text: string) =>
    given.set(key, [...given.get(key) ?? [], text]);
  const has = (key: string, { repeatable = 1 }: Row) =>
    repeatable !== true && (given.get(key) ?? []).length >= repeatable;
  for (const token of tokens) {
    if (token.kind === "option-terminator") {
      if (last.length > 0) places = last;
      continue;
    }
    if (token.kind === "positional") {
      const place = places.find(([key, row]) => !has(key, row));
      if (place === undefined) {
        const [lacking] = rows.find(([key, { needed, positional }]) =>
          needed !== undefined && !positional && !given.has(key)
        ) ?? [];
        throw new UsageError(
          `Cannot use argument "${token.value}": "${name}" takes no ${
            rows.some(([, { positional }]) =>
                positional
              )
              ? "further "
              : ""
          }argument; ${
            lacking === undefined
              ? "--help lists its options"
              : `did you mean "${optionOf(lacking)} ${token.value}"?`
          }`,
        );
      }
      add(place[0], token.value);
      continue;
    }
    // As it was written: Node takes "-json" for four options of a letter.
    const [option = ""] = (args[token.index] ?? "").split("=");
    const found = options.get(option);
    if (found === undefined) throw unknown(option, { name, options });
    const [key, row] = found;
    const state = has(key, row) ? "it was given twice" : wrongWith(token, row);
    if (state !== undefined) throw unusable(option, state);
    add(key, token.value ?? "");
  }
  return given;
}

/** What is wrong with the value of an option, or with having none. */
function wrongWith(
  { value, inlineValue }: {
    readonly value: string | undefined;
    readonly inlineValue: boolean | undefined;
  },
  row: Row,
): string | undefined {
  if (row.value === undefined) {
    return value === undefined
      ? undefined
      : `it takes no value, but was given "${value}"`;
  }
  // The next word is its value, unless that is an option itself.
  const isThere = value !== undefined &&
    (inlineValue || !value.startsWith("--"));
  return isThere ? undefined : "it needs a value";
}

function unknown(
  option: string,
  { name, options }: {
    readonly name: string;
    readonly options: ReadonlyMap<string, unknown>;
  },
): UsageError {
  const known = [...options.keys()];
  const near = nearest(option, [...known, ...ALWAYS]);
  if (near === option) return unusable(option, "it takes no value");
  return unusable(
    option,
    near !== undefined
      ? `"${name}" has no such option; did you mean "${near}"?`
      : `"${name}" has ${listed(known.toSorted()) || "none"}`,
  );
}

function valueOf(
  texts: readonly string[],
  { option, row }: { readonly option: string; readonly row: Row },
): unknown {
  const { value: kind, needed } = row;
  if (kind === undefined) return texts.length > 0;
  const [first] = texts;
  if (first === undefined && needed !== undefined) {
    throw needed === true
      ? unusable(option, "it is required; --help says what it takes")
      : new UsageError(needed);
  }
  if (row.repeatable !== undefined) {
    return texts.map((text) => kind.read(text, option));
  }
  return first === undefined ? row.default : kind.read(first, option);
}
