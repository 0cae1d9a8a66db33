/**
 * What is wrong with the inputs of a question: as much as one reads on a
 * terminal, and all of it in a file.
 *
 * @module
 */
import { dirname } from "node:path";
import { fewLines } from "../../data/asked/few_lines.ts";
import { printable } from "../display/line.ts";
import { count } from "../display/quantities.ts";
import { pathFrom } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import { type AskedQuestion, pageFolderOf } from "./ask_question.ts";

/** Lines for the terminal, and where all are, if those are not all. */
export interface ToldProblems {
  readonly texts: readonly string[];
  /** A line that names the file with all of them; none where there is none. */
  readonly rest: readonly string[];
}

/** Some lines of each list: those of one would hide those of another. All are written to a file where some are left out. */
export async function toldProblems(
  lists: readonly (readonly string[])[],
  asked: Pick<AskedQuestion, "file">,
  { folder }: Pick<Shell, "folder">,
): Promise<ToldProblems> {
  const all = lists.map((list) => [...new Set(list)]);
  const texts = all.flatMap(fewLines);
  const lines = all.flat();
  await forgetProblems(asked);
  if (
    texts.length === lines.length && texts.every((one, i) => one === lines[i])
  ) {
    return { texts, rest: [] };
  }
  const file = problemsFileOf(asked);
  try {
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeTextFile(
      file,
      lines.map((line) => `${printable(line)}\n`).join(""),
    );
  } catch {
    return { texts, rest: [] }; // where Deno or the system permits no writing
  }
  return {
    texts,
    rest: [`All ${count(lines.length, "line")}: ${pathFrom(folder, file)}`],
  };
}

/** Removes what was wrong before. */
export async function forgetProblems(
  asked: Pick<AskedQuestion, "file">,
): Promise<void> {
  await Deno.remove(problemsFileOf(asked)).catch(() => {});
}

/** Where all that is wrong with a question is listed. */
function problemsFileOf(asked: Pick<AskedQuestion, "file">): string {
  return `${pageFolderOf(asked)}-problems.txt`;
}
