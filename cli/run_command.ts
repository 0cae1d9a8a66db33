/**
 * The command line as a function: words in, exit code out.
 *
 * @module
 */
import { type AnyCommand, commandNamed, loadCommand } from "./commands.ts";
import { printable } from "./display/line.ts";
import { errorLines } from "./error_lines.ts";
import { helpOf, parseArguments } from "./parse_arguments.ts";
import type { Shell } from "./shell.ts";
import { Interrupted, stoppable } from "./stoppable.ts";
import { UsageError } from "./usage_error.ts";

/** Exit codes: done, something failed, bad usage, interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** After Ctrl-C a command has this long to end by itself. */
const GRACE_MILLISECONDS = 1500;

/** Runs the command that `shell.args` name. Never throws; says on stderr what went wrong. */
export async function runCommand(shell: Shell): Promise<number> {
  const options = {
    version: shell.version,
    columns: shell.stdout.size().columns,
    colour: shell.stdout.colour,
  };
  const name = commandNamed(shell.args[0]);
  if (name === undefined) {
    const read = helpOf(shell.args, options);
    if (read.kind === "text") return say(shell, read.text);
    complain(shell, [read.reason]);
    return EXIT.usage;
  }
  const command = await loadCommand(name);
  const { words } = command;
  const read = parseArguments(shell.args, { ...options, name, words });
  if (read.kind === "text") return say(shell, read.text);
  if (read.kind === "command") {
    return await attempt(read.value, { command, shell });
  }
  complain(shell, [read.reason]);
  return EXIT.usage;
}

async function attempt(
  value: { readonly verbose: boolean },
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
