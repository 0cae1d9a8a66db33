/**
 * The command line as a function: words in, exit code out.
 *
 * @module
 */
import {
  type AnyCommand,
  type Asked,
  commandNamed,
  loadCommand,
  loadWords,
} from "./commands.ts";
import { printable } from "./display/line.ts";
import { errorLines } from "./error_lines.ts";
import { plainReproduce } from "./plain_line.ts";
import type { Shell } from "./shell.ts";
import { Interrupted, stoppable } from "./stoppable.ts";
import { UsageError } from "./usage_error.ts";

/** Exit codes: done, something failed, bad usage, interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** After Ctrl-C a command has this long to end by itself. */
const GRACE_MILLISECONDS = 1500;

// Not written where it is imported: a plain line needs no library to be read.
const READER = "./parse_arguments.ts";

/** Runs the command that `shell.args` name. Never throws; says on stderr what went wrong. */
export async function runCommand(shell: Shell): Promise<number> {
  const [first, ...rest] = shell.args;
  const name = commandNamed(first);
  const plain = name === "reproduce" ? plainReproduce(rest) : undefined;
  if (name !== undefined && plain !== undefined) {
    return await attempt(plain, { command: await loadCommand(name), shell });
  }
  const { helpOf, parseArguments } = await import(
    READER
  ) as typeof import("./parse_arguments.ts");
  const options = {
    version: shell.version,
    columns: shell.stdout.size().columns,
    colour: shell.stdout.colour,
  };
  const read = name === undefined
    ? helpOf(shell.args, options)
    : parseArguments(shell.args, {
      ...{ ...options, name },
      words: await loadWords(name),
    });
  if (read.kind === "text") return say(shell, read.text);
  if (read.kind === "command" && name !== undefined) {
    return await attempt(read.value, {
      command: await loadCommand(name),
      shell,
    });
  }
  if (read.kind === "refused") complain(shell, [read.reason]);
  return EXIT.usage;
}

async function attempt(
  value: Asked,
  { command, shell }: { readonly command: AnyCommand; readonly shell: Shell },
): Promise<number> {
  try {
    return await stoppable(command.run(value, shell), {
      signal: shell.signal,
      grace: GRACE_MILLISECONDS,
    });
  } catch (error) {
    if (error instanceof Interrupted) {
      complain(shell, [command.WHEN_STOPPED ?? "Stopped."]);
      return EXIT.interrupted;
    }
    complain(shell, errorLines(error, value));
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

function say({ stdout }: Shell, text: string): number {
  stdout.write(`${text}\n`);
  return EXIT.done;
}

function complain({ stderr }: Shell, lines: readonly string[]): void {
  for (const line of lines) stderr.write(`${printable(line)}\n`);
}
