/**
 * What the scoreboard asks of a workflow tool: a project of two stages, whose
 * sources it edits and whose runs it counts.
 *
 * Stage A makes `a` of the first line of `src.txt`, by way of a helper that no
 * build file declares, as people leave it; stage B makes `b` of `a`. Each
 * appends its letter to `log.txt` when it really runs.
 *
 * @module
 */

/** How A's command is written. */
export type Call = "plain" | "cosmetic" | "real";

/** What a project is made of. */
export interface Sources {
  /** Content of `src.txt`. */
  readonly input: string;
  /** What the helper appends to a line. */
  readonly helper: string;
  readonly call: Call;
}

/** A workflow tool. */
export interface Subject {
  readonly name: string;
  /** The version that is installed, or `undefined`. */
  version(): Promise<string | undefined>;
  /** The files of a project by path; all but the helper's and `src.txt` declare everything. */
  files(sources: Sources, folder: string): Readonly<Record<string, string>>;
  /** Runs the project; the exit code must be 0. */
  command(folder: string): readonly string[];
  /** Where the result of a stage lies. */
  artifact(folder: string, stage: "A" | "B"): Promise<string>;
}

/** A's command for tools that run a shell. */
export function commandA({ call }: Sources): string {
  const command = {
    plain: "head -n1 src.txt | sh helper.sh",
    cosmetic: "head -n1 src.txt  |  sh helper.sh",
    real: "head -n1 src.txt | sh helper.sh more",
  }[call];
  return `${command} > a.txt && echo A >> log.txt`;
}

/** B's command for tools that run a shell. */
export const COMMAND_B = "tr a-z A-Z < a.txt > b.txt && echo B >> log.txt";

/** The helper for tools that run a shell. */
export function helperOf({ helper }: Sources): string {
  return `sed "s/$/${helper}$1/"\n`;
}
