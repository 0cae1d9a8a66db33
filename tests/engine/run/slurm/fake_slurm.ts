import type {
  RunSlurm,
  SlurmAnswer,
  SlurmProgram,
} from "../../../../engine/run/slurm/slurm_command.ts";

/** What a command is made to say: its output, or all of its answer. */
export type Said = string | Partial<SlurmAnswer>;

/** A Slurm that says what it is told to, and remembers what it was asked. */
export function fakeSlurm(
  answers: Partial<
    Record<SlurmProgram, (args: readonly string[]) => Said>
  >,
): { readonly slurm: RunSlurm; readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    slurm(program, args) {
      asked.push([program, ...args]);
      const said = answers[program]?.(args) ?? "";
      const answer = typeof said === "string" ? { out: said } : said;
      return Promise.resolve({ code: 0, out: "", error: "", ...answer });
    },
  };
}
