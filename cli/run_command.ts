/**
 * The command line as a function: words in, exit code out.
 *
 * @module
 */
import { listed } from "../engine/define/listed.ts";
import {
  COMMAND_NAMES,
  type CommandName,
  commandNamed,
  COMMANDS,
  loadCommand,
} from "./commands.ts";
import { guarded, painted, writeTexts } from "./display/line.ts";
import { wrapped } from "../reports/text/wrapped.ts";
import { errorLines } from "./display/error_lines.ts";
import { helpOfCommand, helpOfCommands } from "./help_text.ts";
import { suggestion } from "./arguments/nearest.ts";
import { isAskedFor, readWords } from "./arguments/read_words.ts";
import { checkPermitted } from "./named/permitted.ts";
import type { Shell } from "./shell/shell.ts";
import { Interrupted, stoppable } from "./shell/stoppable.ts";
import { UsageError } from "./arguments/usage_error.ts";

/** Exit codes: done, something failed, bad usage, interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** After Ctrl-C a command has this long to end by itself. */
const GRACE_MILLISECONDS = 1500;

/** Runs the command that `world.args` name. Never throws; says on stderr what went wrong. */
export async function runCommand(world: Shell): Promise<number> {
  const shell = {
    ...world,
    stdout: guarded(world.stdout),
    stderr: guarded(world.stderr),
  };
  const [first, ...rest] = shell.args;
  const name = commandNamed(first);
  if (isAskedFor(["--help", "-h"], shell.args)) {
    return say(shell, await helpOf(name, shell));
  }
  if (isAskedFor(["--version"], shell.args)) return say(shell, shell.version);
  if (name === undefined) {
    writeTexts([noCommand(first)], shell.stderr);
    return EXIT.usage;
  }
  const command = await loadCommand(name);
  let verbose = false;
  try {
    const asked = readWords(rest, { name, words: command.words });
    verbose = asked.verbose;
    checkPermitted(name, { words: command.words, asked, shell });
    return await stoppable(command.run(asked, shell), {
      signal: shell.signal,
      grace: Math.max(GRACE_MILLISECONDS, command.graceOf?.(asked) ?? 0),
    });
  } catch (error) {
    if (error instanceof Interrupted) {
      writeTexts([command.WHEN_STOPPED ?? "Stopped."], shell.stderr);
      return EXIT.interrupted;
    }
    writeTexts(errorLines(error, { verbose }), shell.stderr);
    if (!(error instanceof UsageError)) return EXIT.failed;
    const { columns } = shell.stderr.size();
    const list = error.list.flatMap((text) => wrapped(text, columns - 2));
    writeTexts(list.map((line) => `  ${line}`), shell.stderr);
    return EXIT.usage;
  }
}

async function helpOf(
  name: CommandName | undefined,
  { stdout }: Shell,
): Promise<string> {
  const page = { columns: stdout.size().columns, colour: stdout.colour };
  if (name === undefined) return helpOfCommands(COMMANDS, page);
  const { words } = await loadCommand(name);
  return helpOfCommand({ name, summary: COMMANDS[name], words }, page);
}

/** What is wrong with a word where a command should be. */
function noCommand(word: string | undefined): string {
  const commands = listed(COMMAND_NAMES);
  if (word === undefined) {
    return `Cannot run: no command given; the commands are ${commands}`;
  }
  return word.startsWith("-")
    ? `Cannot use option "${word}": the command must come first; the commands are ${commands}`
    : `Cannot run "${word}": the commands are ${commands}${
      suggestion(word, COMMAND_NAMES)
    }`;
}

function say({ stdout }: Shell, text: string): number {
  stdout.write(painted(`${text}\n`)); // help is in colours
  return EXIT.done;
}
