/**
 * Reads the command line. Nothing but this and grammar/ knows which library
 * does it.
 *
 * @module
 */
import { object, or } from "@optique/core/constructs";
import { runParserSync } from "@optique/core/facade";
import {
  formatMessage,
  type Message,
  message,
  text,
} from "@optique/core/message";
import { map } from "@optique/core/modifiers";
import type { Parser } from "@optique/core/parser";
import { command } from "@optique/core/primitives";
import { extractOptionNames, type Usage } from "@optique/core/usage";
import { COMMAND_NAMES, type CommandName, COMMANDS } from "./commands.ts";
import { listOf, nearest, suggestion } from "./nearest.ts";

/** A text to print, or what is wrong. */
export type Answered =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "refused"; readonly reason: string };

/** What was read. */
export type Parsed<T> =
  | { readonly kind: "command"; readonly value: T }
  | Answered;

/** How to print. */
export interface ParseOptions {
  readonly version: string;
  /** Width for help texts. */
  readonly columns: number;
  readonly colour: boolean;
}

/** Reads words that do not start with the name of a command. */
export function helpOf(
  args: readonly string[],
  options: ParseOptions,
): Answered {
  const commands = COMMAND_NAMES.map((name) => named(name, object({})));
  const read = parse(commands, {
    ...options,
    args,
    unexpected: unexpectedFirst,
  });
  return read.kind === "command"
    ? { kind: "refused", reason: unexpectedFirst(args[0] ?? "") }
    : read;
}

/** Reads the words after the program's name, of which the first is a command. */
export function parseArguments<T>(
  args: readonly string[],
  { name, words, ...options }: ParseOptions & {
    readonly name: CommandName;
    readonly words: Parser<"sync", T, unknown>;
  },
): Parsed<T> {
  return parse([named(name, words)], {
    ...options,
    args,
    unexpected: (word) => unexpectedOf(name, { word, usage: words.usage }),
  });
}

function named<T>(name: CommandName, words: Parser<"sync", T, unknown>) {
  return command(name, words, {
    usageLine,
    description: message`${text(COMMANDS[name])}`,
  });
}

/** `[OPTION…] [PIPELINE...]`: the options stand below, one a line. */
function usageLine(usage: Usage): Usage {
  const words = usage.filter(({ type }) =>
    type === "argument" || type === "multiple"
  ).filter((term) =>
    term.type !== "multiple" ||
    term.terms.every(({ type }) => type === "argument")
  );
  return [{ type: "literal", value: "[OPTION…]" }, ...words];
}

/** What is wrong with a word where a command should be. */
function unexpectedFirst(word: string): string {
  return word.startsWith("-")
    ? `Cannot use option "${word}": a command comes first, one of ${
      listOf(COMMAND_NAMES)
    }`
    : `Cannot run "${word}": the commands are ${listOf(COMMAND_NAMES)}${
      suggestion(word, COMMAND_NAMES)
    }`;
}

/** What is wrong with a word that a command does not take. */
function unexpectedOf(
  name: CommandName,
  { word, usage }: { readonly word: string; readonly usage: Usage },
): string {
  if (!word.startsWith("-")) {
    return `Cannot use argument "${word}": "${name}" does not take it`;
  }
  const [given = ""] = word.split("=");
  const options = [...extractOptionNames(usage)];
  if (options.includes(given)) {
    return `Cannot use option "${given}": it is given twice`;
  }
  const near = nearest(given, options);
  return near === undefined
    ? `Cannot use option "${given}": "${name}" has ${
      listOf(options.toSorted())
    }`
    : `Cannot use option "${given}": "${name}" does not have it; did you mean "${near}"?`;
}

function parse<T>(
  commands: readonly Parser<"sync", T, unknown>[],
  { args, version, columns, colour, unexpected }: ParseOptions & {
    readonly args: readonly string[];
    readonly unexpected: (word: string) => string;
  },
): Parsed<T> {
  const parser = map(
    or(...commands, {
      errors: {
        noMatch: message`${
          text(
            `Cannot run: no command is named, the commands are ${
              listOf(COMMAND_NAMES)
            }`,
          )
        }`,
        unexpectedInput: (word) => message`${text(unexpected(word))}`,
        suggestions: () => [],
      },
    }),
    (value): Parsed<T> => ({ kind: "command", value }),
  );
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const shown = (): Parsed<T> => ({ kind: "text", text: printed.join("\n") });
  return runParserSync<typeof parser, Parsed<T>, Parsed<T>>(
    parser,
    "deno task",
    args,
    {
      colors: colour,
      maxWidth: Math.max(60, Math.min(columns, 100)),
      termWidth: "auto",
      usageLine: [{ type: "ellipsis" }],
      aboveError: "none",
      brief:
        message`Asks of a distribution shift whether pre-training will help.`,
      help: { option: { names: ["--help", "-h"] }, onShow: shown },
      version: {
        option: { names: ["--version"] },
        value: version,
        onShow: shown,
      },
      stdout: print,
      stderr: () => {},
      onError: (_code, error) => ({ kind: "refused", reason: sentence(error) }),
    },
  );
}

/** One line that starts as our messages do; some of the library's own are left. */
function sentence(error: Message): string {
  const line = formatMessage(error).replaceAll(/\s+/g, " ").trim();
  if (line.startsWith("Cannot ")) return line;
  return `Cannot read the command line: ${
    line.replaceAll("`", '"').replace(/\.$/, "")
  }`;
}
