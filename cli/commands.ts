/**
 * The commands. The code of each is in commands/, with the table of its words.
 *
 * @module
 */
import { VERBOSE } from "./arguments/options.ts";
import type { Shell } from "./shell/shell.ts";

/** What each command does, in the order of the help. */
export const COMMANDS = {
  reproduce: "Computes every missing result and writes the site.",
  work:
    "Runs stages that a run leaves to workers, from the queue of its store.",
  plan: "Shows what would run and why, without running it.",
  explain:
    "Says why a stage would run, and shows everything its result depends on.",
  show: "Shows the result of a stage.",
  lineage:
    "Shows what a figure, a file of the site or an artifact is made of, back to the sources.",
  verify:
    "Runs stages again and compares the results, or checks the files and signatures of a site.",
  accept:
    "Accepts edits of code that change no result, once a sample of stages has run again and agrees.",
  sign:
    "Signs a statement of what each figure and page of a site was made from.",
  crate: "Writes a run as an RO-Crate: code, artifacts, and what was executed.",
  runs: "Lists the runs that the store remembers.",
  diff: "Compares two runs: claims, stages and their causes, numbers.",
  figure: "Writes one figure as a file for a paper.",
  fetch:
    "Downloads the published files that pipelines need, for machines without a network.",
  publish: "Writes what the store holds as a site for any static host.",
  preview: "Serves the site to a browser on this machine.",
  store: "Shows how much of the store each pipeline takes up.",
  gc: "Removes from the store what is no longer needed.",
  export: "Packs part of the store into one archive.",
  import: "Adds the contents of an archive to the store.",
  new:
    "Writes the files of a shift or a pipeline of your own, which run as they are.",
  ask: "Says whether pre-training will help on a shift of your own.",
  er: "Measures effective robustness from a table of your own accuracies.",
  completions: "Prints a script that completes these commands in a shell.",
} as const;

/** Name of a command. */
export type CommandName = keyof typeof COMMANDS;

/** The names of all commands, in the order of the help. */
export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];

/** What every module in commands/ exports, as far as all have it in common. */
export interface Command {
  /** The options of the command, and the words beside them; in the module itself without what all have. */
  readonly words: { readonly verbose: typeof VERBOSE };
  /** @returns the exit code */
  run(asked: { readonly verbose: boolean }, shell: Shell): Promise<number>;
  /** What is said after Ctrl-C has stopped the command. */
  readonly WHEN_STOPPED?: string;
  /** Milliseconds that it may take to end after Ctrl-C, if more than is usual. */
  graceOf?(asked: { readonly verbose: boolean }): number;
}

/** The command of that name, if there is one. */
export function commandNamed(
  word: string | undefined,
): CommandName | undefined {
  return COMMAND_NAMES.find((name) => name === word);
}

/**
 * The code of a command. It is named at run time, because Deno would otherwise
 * load all of them before the first line of any runs.
 */
export async function loadCommand(name: CommandName): Promise<Command> {
  const module = new URL(`./commands/${name}.ts`, import.meta.url).href;
  const command: Command = await import(module);
  return { ...command, words: { ...command.words, verbose: VERBOSE } };
}
