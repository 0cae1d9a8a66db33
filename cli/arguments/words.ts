/**
 * What a command may be asked: a table with a row for each of its options, and
 * for the words that stand beside them. A command declares its own beside its
 * code; read_words.ts reads a line by it, help_text.ts prints it, and the types
 * of what was read follow from it.
 *
 * @module
 */
import { UsageError } from "./usage_error.ts";

/** What Deno's permissions tell apart of files and folders. */
export type Access = "read" | "write";

/** A file or folder, and what is done with it. */
export interface Place {
  readonly path: string;
  readonly access: readonly Access[];
}

/** What can stand for a value on the command line. */
export interface ValueKind<T> {
  /** What help texts call it, such as `DIR`. */
  readonly metavar: string;
  /**
   * The value that a text stands for.
   *
   * @param option what it is given to, such as `--jobs`
   * @throws {UsageError} if it stands for none
   */
  read(text: string, option: string): T;
  /** The words that it can be, where those are few. */
  readonly words?: readonly string[];
  /** The files and folders that a text names, where it names any. */
  places?(text: string): readonly Place[];
}

/** One row: an option, or a word without dashes. */
export interface Row {
  /** What the help text says of it. */
  readonly help: string;
  /** What its value can be; without it the option is a switch, on or off. */
  readonly value?: ValueKind<unknown>;
  /** Whether it is a word without dashes, known by its place alone; or any word after `--`. */
  readonly positional?: true | "after --";
  /** Whether it may be given several times, or only so many. */
  readonly repeatable?: true | number;
  /** The value of the option where none is given. */
  readonly default?: unknown;
  /** Whether it must be given; or what is said where it is not. */
  readonly needed?: true | string;
}

/** The table. An option is called after its key: `failFast` is `--fail-fast`. */
export type Words = Readonly<Record<string, Row>>;

/** What a line asks for, as the table has it. */
export type Asked<W extends Words> = {
  readonly [K in keyof W]: Given<W[K]>;
};

/** What every line may say besides. */
export interface Verbosity {
  /** Whether the stack trace of an error is shown. */
  readonly verbose: boolean;
}

type Given<R extends Row> = R extends { readonly value: ValueKind<infer T> }
  ? R extends { readonly repeatable: true | number } ? readonly T[]
  : R extends { readonly default: infer D } ? T | D
  : R extends { readonly needed: true | string } ? T
  : T | undefined
  : boolean;

/** The option of a key: `--fail-fast` for `failFast`. */
export function optionOf(key: string): string {
  return `--${
    key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  }`;
}

/** Says why an option, or a word of that place such as KIND, cannot be used as it is given. */
export function unusable(option: string, state: string): UsageError {
  const named = option.startsWith("-") ? `option "${option}"` : option;
  return new UsageError(`Cannot use ${named}: ${state}`);
}
