/**
 * Reads the command line. Nothing but this and grammar.ts knows which library
 * does it.
 *
 * @module
 */
import { or } from "@optique/core/constructs";
import { runParserSync } from "@optique/core/facade";
import {
  formatMessage,
  type Message,
  message,
  text,
} from "@optique/core/message";
import { map } from "@optique/core/modifiers";
import { extractOptionNames } from "@optique/core/usage";
import type { Command } from "./command.ts";
import { COMMANDS } from "./grammar.ts";
import { listOf, nearest, suggestion } from "./nearest.ts";

/** What was read: a command, a text to print, or what is wrong. */
export type Parsed =
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "refused"; readonly reason: string };

const NAMES = Object.keys(COMMANDS);

/** What is wrong with a word that no parser takes. */
function unexpected(word: string, args: readonly string[]): string {
  const [name = ""] = args;
  const parser = Object.entries(COMMANDS).find(([key]) => key === name)?.[1];
  if (!word.startsWith("-")) {
    return parser === undefined
      ? `Cannot run "${word}": the commands are ${listOf(NAMES)}${
        suggestion(word, NAMES)
      }`
      : `Cannot use argument "${word}": "${name}" does not take it`;
  }
  if (parser === undefined) {
    return `Cannot use option "${word}": a command comes first, one of ${
      listOf(NAMES)
    }`;
  }
  const [given = ""] = word.split("=");
  const options = [...extractOptionNames(parser.usage)];
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

/**
 * Reads the words after the program's name.
 *
 * @param columns width for help texts
 */
export function parseArguments(
  args: readonly string[],
  { version, columns, colour }: {
    readonly version: string;
    readonly columns: number;
    readonly colour: boolean;
  },
): Parsed {
  const { reproduce, plan, explain, show, fetch, preview, er } = COMMANDS;
  const commands = or(reproduce, plan, explain, show, fetch, preview, er, {
    errors: {
      noMatch: message`${
        text(
          `Cannot run: no command is named, the commands are ${listOf(NAMES)}`,
        )
      }`,
      unexpectedInput: (word) => message`${text(unexpected(word, args))}`,
      suggestions: () => [],
    },
  });
  const parser = map(
    commands,
    (command): Parsed => ({ kind: "command", command }),
  );
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const shown = (): Parsed => ({ kind: "text", text: printed.join("\n") });
  return runParserSync<typeof parser, Parsed, Parsed>(
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
