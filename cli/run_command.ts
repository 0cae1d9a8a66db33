/**
 * The command line as a function: words in, exit code out.
 *
 * @module
 */
import { unreachable } from "../engine/unreachable.ts";
import type { Command, Er } from "./command.ts";
import { explain } from "./commands/explain.ts";
import { fetchSources } from "./commands/fetch.ts";
import { plan } from "./commands/plan.ts";
import { preview } from "./commands/preview.ts";
import { reproduce } from "./commands/reproduce.ts";
import { show } from "./commands/show.ts";
import { printable } from "./display/line.ts";
import { errorLines } from "./error_lines.ts";
import { parseArguments } from "./parse_arguments.ts";
import type { Shell } from "./shell.ts";
import { Interrupted, stoppable } from "./stoppable.ts";
import { UsageError } from "./usage_error.ts";

/** Exit codes: done, something failed, bad usage, interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** After Ctrl-C a command has this long to end by itself. */
const GRACE_MILLISECONDS = 1500;

/** Runs the command that `shell.args` name. Never throws; says on stderr what went wrong. */
export async function runCommand(shell: Shell): Promise<number> {
  const parsed = parseArguments(shell.args, {
    version: shell.version,
    columns: shell.stdout.size().columns,
    colour: shell.stdout.colour,
  });
  switch (parsed.kind) {
    case "text":
      shell.stdout.write(`${parsed.text}\n`);
      return EXIT.done;
    case "refused":
      complain(shell, [parsed.reason]);
      return EXIT.usage;
    case "command":
      return await attempt(parsed.command, shell);
    default:
      return unreachable(parsed);
  }
}

async function attempt(command: Command, shell: Shell): Promise<number> {
  try {
    return await stoppable(dispatch(command, shell), {
      signal: shell.signal,
      grace: GRACE_MILLISECONDS,
    });
  } catch (error) {
    if (error instanceof Interrupted) {
      complain(shell, [
        command.command === "reproduce"
          ? "Stopped. Finished stages are kept; the same command goes on from there."
          : "Stopped.",
      ]);
      return EXIT.interrupted;
    }
    complain(shell, errorLines(error, command));
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

function dispatch(command: Command, shell: Shell): Promise<number> {
  switch (command.command) {
    case "reproduce":
      return reproduce(command, shell);
    case "plan":
      return plan(command, shell);
    case "explain":
      return explain(command, shell);
    case "show":
      return show(command, shell);
    case "fetch":
      return fetchSources(command, shell);
    case "preview":
      return preview(command, shell);
    case "er":
      return er(command, shell);
    default:
      return unreachable(command);
  }
}

// Not written where it is imported: it brings the figures' code with it, which
// no other command should wait for.
const ER = "./commands/er.ts";

async function er(command: Er, shell: Shell): Promise<number> {
  const loaded = await import(ER) as typeof import("./commands/er.ts");
  return await loaded.er(command, shell);
}

function complain({ stderr }: Shell, lines: readonly string[]): void {
  for (const line of lines) stderr.write(`${printable(line)}\n`);
}
