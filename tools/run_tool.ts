/**
 * A tool of this folder as a command: its words, its help, and one line for
 * what goes wrong.
 *
 * @module
 */
import { helpOfCommand } from "../cli/help_text.ts";
import { isAskedFor, readWords } from "../cli/arguments/read_words.ts";
import { UsageError } from "../cli/arguments/usage_error.ts";
import type { Asked, Words } from "../cli/arguments/words.ts";
import { messageOf } from "../engine/define/message_of.ts";

/** A task of deno.json that is no command. */
export interface Tool<W extends Words> {
  readonly name: string;
  /** What its help says first. */
  readonly summary: string;
  readonly words: W;
  work(asked: Asked<W>): Promise<void>;
}

/** @returns the exit code: 2 for words that the tool does not take, 1 if it fails */
export async function runTool<W extends Words>(
  { name, summary, words, work }: Tool<W>,
  args: readonly string[],
): Promise<number> {
  if (isAskedFor(["--help", "-h"], args)) {
    const page = { columns: 80, colour: false };
    print(Deno.stdout, helpOfCommand({ name, summary, words }, page));
    return 0;
  }
  try {
    await work(readWords(args, { name, words }));
    return 0;
  } catch (error) {
    print(Deno.stderr, messageOf(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

function print(stream: typeof Deno.stdout, line: string): void {
  stream.writeSync(new TextEncoder().encode(`${line}\n`));
}
